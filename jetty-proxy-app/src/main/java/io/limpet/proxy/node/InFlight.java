package io.limpet.proxy.node;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the requests that this proxy has under way on one node. Any number of threads may use it; it is the one thing
 * in a {@link Nodes} snapshot that changes.
 */
public final class InFlight {

    private final AtomicInteger count = new AtomicInteger();

    /** A request goes to the node. Each one must {@link #leave()} once, whatever becomes of it. */
    public void enter() {
        count.incrementAndGet();
    }

    /** The node has answered, or will not. */
    public void leave() {
        count.decrementAndGet();
    }

    /** The requests under way now. */
    public int count() {
        return count.get();
    }
}
