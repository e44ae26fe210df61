package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Failover switched off: a session lives and dies with its node. */
public final class NoFailover implements Failover {

    @Override
    public State state() {
        return State.OFF;
    }

    @Override
    public boolean replicates() {
        return false;
    }

    @Override
    public Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open) {
        return own == null ? Arrival.NONE : Arrival.OWN;
    }

    @Override
    public Visit visit(HttpSession session) {
        throw new IllegalStateException("without failover no session is watched");
    }

    @Override
    public HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        throw new IllegalStateException("without failover no session is adopted");
    }

    @Override
    public void idChanged(HttpSession session, String oldId) {}

    @Override
    public void attributeChanged(HttpSession session, String name) {}

    @Override
    public SaveOutcome invalidated(HttpSession session) {
        return SaveOutcome.ENDED;
    }

    @Override
    public void destroyed(HttpSession session) {}

    @Override
    public void close() {}
}
