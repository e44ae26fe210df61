package io.limpet.failover;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads on which the application is at work for a request: what the container ends there, the application has
 * ended. Not a thread-local, which would stay behind in the container's threads when the application goes. Safe for use
 * by any number of threads.
 */
final class RequestThreads {

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Answers whether this thread was not at work already. */
    boolean enter() {
        return threads.add(Thread.currentThread());
    }

    void leave() {
        threads.remove(Thread.currentThread());
    }

    /** Whether this thread is one of them. */
    boolean isOne() {
        return threads.contains(Thread.currentThread());
    }
}
