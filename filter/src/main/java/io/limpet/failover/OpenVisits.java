package io.limpet.failover;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests of this node have a session just now, and when the last one ended. Safe for use by any number of threads. */
final class OpenVisits {

    private final AtomicInteger open = new AtomicInteger();
    private volatile long lastAt;

    /** A request has it from now on. */
    void begin() {
        open.incrementAndGet();
    }

    /** A request has it no more; in milliseconds since 1970. */
    void end(long now) {
        lastAt = now;
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }

    /** When the last one ended, in milliseconds since 1970; 0 when none has. It matters when none is open. */
    long lastAt() {
        return lastAt;
    }
}
