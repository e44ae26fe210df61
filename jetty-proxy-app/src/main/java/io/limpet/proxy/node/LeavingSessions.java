package io.limpet.proxy.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Sessions that have begun to leave nodes which are still up, so that what is sent of one of them at the same time goes
 * the same way: each node would take it from the other.
 *
 * <p>Any number of threads may use it. Its memory is bounded: several sessions may share a place, and then one of them
 * leaves before its turn.
 */
public final class LeavingSessions {

    /** For as long as requests with the old cookie come of one page; then it is asked anew. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int PLACES = 1 << 12;

    /** When a session last left, by {@link System#nanoTime}; 0 when none has. */
    private final AtomicLongArray left = new AtomicLongArray(PLACES);

    private static int place(String session) {
        int hash = session.hashCode();
        return (hash ^ (hash >>> 16)) & (PLACES - 1);
    }

    /** The session leaves now. */
    public void add(String session, long nanoTime) {
        left.set(place(session), nanoTime | 1); // never 0
    }

    /** Whether it left a moment ago. */
    public boolean has(String session, long nanoTime) {
        long at = left.get(place(session));
        return at != 0 && nanoTime - at <= REMEMBERED.toNanos();
    }
}
