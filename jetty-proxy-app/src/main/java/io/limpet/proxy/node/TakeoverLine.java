package io.limpet.proxy.node;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the requests of lost sessions that wait for their turn at another node. Any number of threads may use it, over all
 * changes of the settings.
 */
public final class TakeoverLine {

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /** A request begins to wait. Each one must {@link #leave()} once. */
    public void enter() {
        waiting.incrementAndGet();
    }

    /** It is its turn, or its client has gone. */
    public void leave() {
        waiting.decrementAndGet();
    }

    /** A request would have had to wait too long. */
    public void refuse() {
        refused.incrementAndGet();
    }

    /** How many wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** How many were refused, since the proxy's start. */
    public long refused() {
        return refused.get();
    }
}
