package io.limpet.proxy.node;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How fast one node is given the sessions of others: as many as it can adopt beside its own work, so that a node's death
 * does not overload those that stay. What is more waits for its turn, in the order in which it came.
 *
 * <p>Each proxy counts for itself.
 *
 * @param perSecond how many requests of lost sessions one node is given in a second; 0: as many as come
 * @param longest how long such a request waits at most
 */
public record TakeoverRate(int perSecond, Duration longest) {

    /** A tenth of a second's requests need not wait: they come in no order. */
    private static final long BURST_NANOS = 100_000_000;

    /**
     * Takes the next turn at this node.
     *
     * @return how many nanoseconds it is away; empty when that is too long, and then no turn is taken
     */
    public OptionalLong turn(Nodes.Member member, long nanoTime) {
        return perSecond == 0
                ? OptionalLong.of(0)
                : member.share().turn(nanoTime, 1_000_000_000 / perSecond, BURST_NANOS, longest.toNanos());
    }

    /** Whether the next turn at this node is now; it is taken then. */
    public boolean isNow(Nodes.Member member, long nanoTime) {
        return new TakeoverRate(perSecond, Duration.ZERO).turn(member, nanoTime).isPresent();
    }
}
