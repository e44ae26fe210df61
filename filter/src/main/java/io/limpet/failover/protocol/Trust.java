package io.limpet.failover.protocol;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a node may believe its own copies of its sessions. A process that was stopped, or a machine that slept, does
 * not know it, and another node may have taken its sessions over meanwhile.
 *
 * <p>Safe for use by any number of threads. It must be looked at more often than {@link #LIMIT}, by a timer if by nobody
 * else, or quiet would pass for a pause.
 */
public final class Trust {

    /** A gap of this many milliseconds between two looks at the clock is a pause; so is a clock that went back. */
    public static final long LIMIT = 1000;

    /**
     * After a pause of this many milliseconds the other nodes may have gone on without this one: half the time for which
     * members wait for a heartbeat, unless they are configured otherwise.
     */
    public static final long SLEEP = 5000;

    /** Requests look at the clock anyway; the shared time is only written when it is this much too old. */
    private static final long STEP = 100;

    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong sleeps = new AtomicLong();
    private final LongSupplier clock;
    private volatile long lastLook;

    /** @param clock the wall clock in milliseconds: a monotonic one may stand still while a machine sleeps */
    public Trust(LongSupplier clock) {
        this.clock = clock;
        lastLook = clock.getAsLong();
    }

    /** Every copy that was verified before must be verified again. */
    public void lose() {
        generation.incrementAndGet();
    }

    /** The current number; it looks at the clock first, so that the first request after a pause already notices. */
    public long generation() {
        if (gap(clock.getAsLong()) > STEP) {
            look();
        }
        return generation.get();
    }

    private long gap(long now) {
        return Math.abs(now - lastLook);
    }

    /** One at a time, or a pause that many notice at once would be many. */
    private synchronized void look() {
        long now = clock.getAsLong();
        long gap = gap(now);
        // before the time is written: whoever reads the new time must find what came of it
        if (gap > SLEEP) {
            sleeps.incrementAndGet();
        }
        if (gap > LIMIT) {
            lose();
        }
        if (gap > STEP) {
            lastLook = now;
        }
    }

    /** A number that grows with each pause of more than {@link #SLEEP}; it looks at the clock first, too. */
    public long sleeps() {
        generation();
        return sleeps.get();
    }
}
