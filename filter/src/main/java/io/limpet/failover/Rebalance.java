package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions this node gives up, while it is well, to another one that has fewer. Their one owner decides, so that any
 * number of proxies that do not know of each other move a session no more often than this allows; and when it last did is
 * saved with the session before it goes, so that no owner's death makes that forgotten. Safe for use by any number of
 * threads.
 */
public final class Rebalance {

    /** Of a node without failover: its sessions are nowhere else. */
    static final Rebalance NEVER =
            new Rebalance(new LocalSessions(), Clock.systemUTC(), () -> false, shadow -> SaveOutcome.REJECTED);

    /**
     * The attribute of a session that tells when it was last given up, in milliseconds since 1970, by its owner's clock.
     * An attribute, and no field of the record: members of earlier versions hand it on, too.
     */
    public static final String MOVED_AT = "io.limpet.moved-at";

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
     * Whether another node may claim the session now. It is answered with yes once in ten minutes, by whichever nodes own
     * it meanwhile.
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
            return isWholeElsewhere(shadow) && hasRested(shadow) && isSavedAsMoving(shadow);
        } catch (IllegalStateException e) {
            return false; // the container has just ended it
        } finally {
            shadow.lock.unlock();
        }
    }

    private boolean hasRested(Shadow shadow) {
        return !(shadow.session.getAttribute(MOVED_AT) instanceof Long last)
                || clock.millis() - last >= REST.toMillis();
    }

    /** With what threads of the application have changed outside of requests, which is not saved before the next one. */
    private boolean isSavedAsMoving(Shadow shadow) {
        Object before = shadow.session.getAttribute(MOVED_AT);
        mark(shadow, clock.millis());
        SaveOutcome saved = save.apply(shadow);
        if (saved == SaveOutcome.SAVED || saved == SaveOutcome.UNCHANGED) {
            return true;
        }
        mark(shadow, before);
        return false;
    }

    /** @param at null takes the mark away, as {@link HttpSession#setAttribute} does */
    private static void mark(Shadow shadow, @Nullable Object at) {
        shadow.session.setAttribute(MOVED_AT, at);
        shadow.attributes.past().setInContainer(MOVED_AT);
    }

    private static boolean isWholeElsewhere(Shadow shadow) {
        return !shadow.closed
                && !shadow.moving
                && !shadow.tenure.isTaken()
                && !shadow.isBeingRenamed()
                && shadow.everSent()
                && !shadow.isWholeDue();
    }

    /** How many sessions the container still has that live elsewhere: stale copies, which time out. */
    public long elsewhere() {
        return sessions.elsewhere();
    }
}
