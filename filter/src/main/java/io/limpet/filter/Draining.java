package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
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

    /** Proxies ask each second; a node that had no request for longer is one that they have left. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final long ROUND_MILLIS = 100;

    private final LongAdder arrived;
    private final BooleanSupplier empty;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean begun;

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
    }

    void end() {
        if (begun) {
            LOG.log(Level.INFO, "this node takes new sessions again");
        }
        begun = false;
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
            if (arrived.sum() != seen || !empty.getAsBoolean()) {
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

    private boolean isStoppedWithin(long millis) {
        try {
            return stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
