package io.limpet.proxy.rebalance;

import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Ordered;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which sessions are asked for at their node, because another one has fewer, and how many in a second. The node decides:
 * it knows when it last got the session. Safe for any number of threads.
 */
public final class Rebalance {

    private static final long SECOND = 1_000_000_000;
    private static final long ANY_TIME = Long.MIN_VALUE;

    private final int perSecond;
    private final String context;
    private final AtomicLong next = new AtomicLong(ANY_TIME);

    /**
     * Nothing is asked for yet.
     *
     * @param perSecond how many sessions at most; 0: none
     * @param context the context path of the application whose sessions the nodes' status tells; empty for the root's
     */
    public Rebalance(int perSecond, String context) {
        this.perSecond = perSecond;
        this.context = context;
    }

    /** Whether what is asked for is of the application whose sessions are counted. */
    public boolean isAbout(String path) {
        return Ordered.covers(context, path);
    }

    /** Whether any session may be moved at all. */
    public boolean isOn() {
        return perSecond > 0;
    }

    /** Where a session of this node had better be; empty when it is well where it is. */
    public Optional<Nodes.Member> better(Nodes.Member owner, Nodes nodes) {
        return isOn() ? new Levels(nodes, context).better(owner) : Optional.empty();
    }

    /** The same, when it is a session's turn; the turn is taken then. */
    public Optional<Nodes.Member> next(Nodes.Member owner, Nodes nodes, long nanoTime) {
        long planned = next.get();
        if (!isOn() || (planned != ANY_TIME && nanoTime - planned < 0)) {
            return Optional.empty();
        }
        // looked at before the turn is taken: most of the time all nodes are even
        return better(owner, nodes).filter(it -> next.compareAndSet(planned, nanoTime + SECOND / perSecond));
    }
}
