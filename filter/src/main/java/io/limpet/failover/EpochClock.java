package io.limpet.failover;

import io.limpet.failover.protocol.EpochMark;
import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives out epochs: this node's clock in milliseconds, shifted left by 12, with the {@linkplain EpochMark mark} of the
 * node below, and never the same one twice. Safe for use by any number of threads.
 */
final class EpochClock {

    private static final long STEP = EpochMark.BITS + 1;

    /** No clock is that wrong: who follows further soon has no epoch left that is later, in none of its sessions. */
    private static final Duration FARTHEST = Duration.ofDays(366);

    private final Clock clock;
    private final long mark;
    private final AtomicLong last = new AtomicLong();

    EpochClock(Route node, Clock clock) {
        this.clock = clock;
        this.mark = EpochMark.of(node);
    }

    /** An epoch that was granted: the next one is later, also when this node's clock is behind. */
    void observe(long epoch) {
        if (epoch / STEP - clock.millis() <= FARTHEST.toMillis()) {
            last.accumulateAndGet((epoch & ~EpochMark.BITS) | mark, Math::max);
        }
    }

    long next() {
        long now = (clock.millis() * STEP) | mark;
        return last.updateAndGet(previous -> Math.max(previous + STEP, now));
    }
}
