package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Which sessions this node gives up, while it is well, to another one that has fewer. It asks the memory of the session's
 * one owner, so that any number of proxies that do not know of each other move a session no more often than this allows.
 * Safe for use by any number of threads.
 */
public final class Rebalance {

    /** Of a node without failover: its sessions are nowhere else. */
    static final Rebalance NEVER =
            new Rebalance(new LocalSessions(), Clock.systemUTC(), () -> false, shadow -> SaveOutcome.REJECTED);

    /** A session that was moved stays at least this long. */
    static final Duration REST = Duration.ofMinutes(10);

    private final LocalSessions sessions;
    private final Clock clock;
    private final BooleanSupplier healthy;
    private final Function<Shadow, SaveOutcome> save;

    /**
     * Answers for these sessions.
     *
     * @param healthy whether other nodes have all that was saved
     * @param save saves what was changed since, by whom ever
     */
    Rebalance(LocalSessions sessions, Clock clock, BooleanSupplier healthy, Function<Shadow, SaveOutcome> save) {
        this.sessions = sessions;
        this.clock = clock;
        this.healthy = healthy;
        this.save = save;
    }

    /**
     * Whether another node may claim the session now. It is answered with yes once in ten minutes, also when the session
     * comes back meanwhile.
     */
    public boolean letsGo(HttpSession session) {
        return healthy.getAsBoolean()
                && sessions.byId(session.getId()).filter(this::letsGo).isPresent();
    }

    private boolean letsGo(Shadow shadow) {
        if (!shadow.lock.tryLock()) {
            return false; // a request is saving it just now
        }
        try {
            return isWholeElsewhere(shadow) && isSaved(shadow) && shadow.rest.endsAfter(REST, clock.millis());
        } catch (IllegalStateException e) {
            return false; // the container has just ended it
        } finally {
            shadow.lock.unlock();
        }
    }

    /** What threads of the application have changed outside of requests is not saved before the next one. */
    private boolean isSaved(Shadow shadow) {
        SaveOutcome saved = save.apply(shadow);
        return saved == SaveOutcome.SAVED || saved == SaveOutcome.UNCHANGED;
    }

    private static boolean isWholeElsewhere(Shadow shadow) {
        return !shadow.closed
                && !shadow.moving
                && !shadow.tenure.isTaken()
                && !shadow.isBeingRenamed()
                && shadow.everSent()
                && !shadow.isWholeDue();
    }

    /** The session has come here because there are fewer, and rests. */
    public void arrived(HttpSession session) {
        sessions.byId(session.getId()).ifPresent(shadow -> shadow.rest.begin(clock.millis()));
    }

    /** How many sessions the container still has that live elsewhere: stale copies, which time out. */
    public long elsewhere() {
        return sessions.elsewhere();
    }
}
