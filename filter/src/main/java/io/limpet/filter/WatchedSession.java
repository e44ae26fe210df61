package io.limpet.filter;

import io.limpet.failover.Failover;
import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replicated session of one request: one wrapper for all of it, whose visit knows what was touched and ends with the
 * request. Safe for use by the threads of an asynchronous request.
 */
final class WatchedSession {

    /** Of a request whose session is not replicated. */
    static final WatchedSession NONE = new WatchedSession();

    private volatile @Nullable LimpetSession current;

    /** The container's session as the application sees it; the same as before unless it is another one by now. */
    LimpetSession of(HttpSession own, Failover failover, Exchange exchange) {
        LimpetSession known = current;
        return known != null && known.isOf(own) ? known : other(own, failover, exchange);
    }

    private synchronized LimpetSession other(HttpSession own, Failover failover, Exchange exchange) {
        LimpetSession known = current;
        if (known == null || !known.isOf(own)) {
            over();
            known = LimpetSession.of(own, failover.visit(own), exchange);
            exchange.work().concerns(own); // first: another thread may end the session as soon as it has it
            current = known;
        }
        return known;
    }

    /** Whether the request has found one. */
    boolean isKnown() {
        return current != null;
    }

    Optional<LimpetSession> current() {
        return Optional.ofNullable(current);
    }

    /** Saves what the request has changed in it. */
    SaveOutcome save() {
        LimpetSession known = current;
        return known == null ? SaveOutcome.UNCHANGED : known.visit().save();
    }

    /** The application has ended it. */
    synchronized void ended() {
        over();
        current = null;
    }

    /** The request changes it no more. */
    void over() {
        LimpetSession known = current;
        if (known != null) {
            known.visit().over();
        }
    }
}
