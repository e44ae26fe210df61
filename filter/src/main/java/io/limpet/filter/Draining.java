package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Whether this node is being emptied. The proxies read it in the status and give the node no new sessions from then on.
 * Safe for any number of threads.
 */
final class Draining {

    private static final Logger LOG = System.getLogger(Draining.class.getName());

    /** A node that had no request for so long, since the proxies know, is one that they have left. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Whoever has asked for the status within this time asks again: no proxy probes more seldom. */
    private static final Duration PROBED = Duration.ofMinutes(1);

    private static final long ROUND_MILLIS = 100;

    private final LongAdder arrived;
    private final BooleanSupplier empty;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile OptionalLong begunAt = OptionalLong.empty();
    /** When somebody was last told the state, by {@link System#nanoTime}. */
    private volatile OptionalLong toldAt = OptionalLong.empty();
    /** Whether somebody will ask for the state, as he did before it changed. */
    private volatile boolean awaited;

    /**
     * A node that does not drain yet.
     *
     * @param arrived counts the requests that have ever arrived
     * @param empty whether none is under way, and nothing would be lost with the node
     */
    Draining(LongAdder arrived, BooleanSupplier empty) {
        this.arrived = arrived;
        this.empty = empty;
    }

    boolean isBegun() {
        return begun;
    }

    void begin(String why) {
        if (!begun) {
            LOG.log(Level.INFO, "this node drains: {0}; proxies give it no new sessions", why);
        }
        begun = true;
        if (begunAt.isEmpty()) {
            long now = System.nanoTime();
            awaited = toldAt.isPresent() && now - toldAt.getAsLong() < PROBED.toNanos();
            begunAt = OptionalLong.of(now);
        }
    }

    /** Somebody was told the state. */
    void told() {
        toldAt = OptionalLong.of(System.nanoTime());
    }

    void end() {
        if (begun) {
            LOG.log(Level.INFO, "this node takes new sessions again");
        }
        begun = false;
        begunAt = OptionalLong.empty();
    }

    /** Nobody waits any longer. */
    void stop() {
        stopped.countDown();
    }

    /**
     * Waits until the node is empty and the proxies have left it, the deadline has passed, the drain is called off, or the
     * application ends.
     *
     * @return whether it is empty
     */
    boolean await(Duration deadline) {
        long start = System.nanoTime();
        long quietSince = start;
        long seen = arrived.sum();
        while (begun && System.nanoTime() - start < deadline.toNanos()) {
            if (arrived.sum() != seen || !empty.getAsBoolean() || !isKnown()) {
                seen = arrived.sum();
                quietSince = System.nanoTime();
            }
            if (System.nanoTime() - quietSince >= QUIET.toNanos()) {
                return true;
            }
            if (isStoppedWithin(ROUND_MILLIS)) {
                return empty.getAsBoolean();
            }
        }
        return false;
    }

    /** A proxy that has not asked since goes on sending. */
    private boolean isKnown() {
        OptionalLong since = begunAt;
        OptionalLong told = toldAt;
        return !awaited || (since.isPresent() && told.isPresent() && told.getAsLong() - since.getAsLong() > 0);
    }

    private boolean isStoppedWithin(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
