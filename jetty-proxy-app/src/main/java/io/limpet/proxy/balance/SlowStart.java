package io.limpet.proxy.balance;

import io.limpet.proxy.node.Nodes;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a node counts: its weight, of which a node that has just come up has little, and all of it when its slow start is
 * over. Just-in-time compilers and caches are cold until then. Nodes that were up before the proxy was start all equal.
 */
final class SlowStart {

    /** Of its weight at least this much, or it would never warm up. */
    private static final double LEAST = 0.1;

    private final long nanos;
    private final LongSupplier clock;

    SlowStart(Duration duration, LongSupplier clock) {
        this.nanos = duration.toNanos();
        this.clock = clock;
    }

    /** More than 0. */
    double weight(Nodes.Member member) {
        return member.node().weight() * warmth(member);
    }

    /** From just above 0 to 1. */
    double warmth(Nodes.Member member) {
        long up = member.share().upFor(clock.getAsLong());
        return up >= nanos ? 1 : Math.max(LEAST, (double) up / nanos);
    }
}
