package io.limpet.failover;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives out epochs: this node's clock in milliseconds, shifted left by 12, and never the same one twice. Safe for use by
 * any number of threads.
 */
final class EpochClock {

    private static final int SEQUENCE_BITS = 12;

    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    EpochClock(Clock clock) {
        this.clock = clock;
    }

    long next() {
        long now = clock.millis() << SEQUENCE_BITS;
        return last.updateAndGet(previous -> Math.max(previous + 1, now));
    }
}
