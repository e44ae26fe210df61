package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether this node is being emptied, as one of its applications was told: this one, or another. The proxies read it in
 * the status of any of them and give the node no new sessions from then on. Safe for any number of threads.
 */
final class Draining {

    private static final Logger LOG = System.getLogger(Draining.class.getName());

    /** A node that had no request for so long, since the proxies know, is one that they have left. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Whoever has asked for the status within this time asks again: no proxy probes more seldom. */
    private static final Duration PROBED = Duration.ofMinutes(1);

    private static final long ROUND_MILLIS = 100;

    /**
     * A drain.
     *
     * @param at when it began, by {@link System#nanoTime}
     * @param awaited whether somebody will ask for the state, as he did before it changed
     */
    private record Begun(long at, boolean awaited) {}

    private final LongSupplier arrived;
    private final OtherDrains others;
    private final BooleanSupplier empty;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Optional<Begun> begun = Optional.empty();
    /** When somebody was last told the state, by {@link System#nanoTime}. */
    private volatile OptionalLong toldAt = OptionalLong.empty();

    /**
     * A node that does not drain yet.
     *
     * @param arrived counts the requests that have ever arrived at this application
     * @param others what is known of it in the node's other applications
     * @param empty whether none is under way on the node, and nothing would be lost with it
     */
    Draining(LongSupplier arrived, OtherDrains others, BooleanSupplier empty) {
        this.arrived = arrived;
        this.others = others;
        this.empty = empty;
    }

    /** Whether this application was told. */
    boolean isBegun() {
        return begun.isPresent();
    }

    /** Whether any application of the node was. */
    boolean isOfNode() {
        return isBegun() || others.areBegun();
    }

    /** This application is told. */
    synchronized void begin(String why) {
        if (begun.isPresent()) {
            return;
        }
        LOG.log(Level.INFO, "this node drains: {0}; proxies give it no new sessions", why);
        boolean awaited = Math.min(nanosSinceTold(), others.nanosSinceAsked()) < PROBED.toNanos();
        begun = Optional.of(new Begun(System.nanoTime(), awaited));
    }

    /** Somebody is told the state as it is from here on: whoever is told knows of a drain that began before. */
    void told() {
        toldAt = OptionalLong.of(System.nanoTime());
    }

    /** How long ago that was at this application, in nanoseconds; {@link Long#MAX_VALUE} when it never was. */
    long nanosSinceTold() {
        OptionalLong told = toldAt;
        return told.isPresent() ? System.nanoTime() - told.getAsLong() : Long.MAX_VALUE;
    }

    /** It is called off, whichever application was told. */
    void end() {
        forget();
        others.end(); // without the lock: two that call it off at once ask each other
    }

    private synchronized void forget() {
        if (begun.isPresent()) {
            LOG.log(Level.INFO, "this node takes new sessions again");
        }
        begun = Optional.empty();
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
        long seen = arrivedAtNode();
        while (isBegun() && System.nanoTime() - start < deadline.toNanos()) {
            long arrivedNow = arrivedAtNode();
            if (arrivedNow != seen || !empty.getAsBoolean() || !isKnown()) {
                seen = arrivedNow;
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

    private long arrivedAtNode() {
        return arrived.getAsLong() + others.arrived();
    }

    /** A proxy that has not asked since goes on sending; it may ask another application. */
    private boolean isKnown() {
        return begun.filter(it -> !it.awaited() || isToldSince(it.at())).isPresent();
    }

    private boolean isToldSince(long nanoTime) {
        // before they are asked, or the time between would count
        long since = System.nanoTime() - nanoTime;
        return Math.min(nanosSinceTold(), others.nanosSinceAsked()) < since;
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
