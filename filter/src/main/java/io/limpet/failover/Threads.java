package io.limpet.failover;

import java.util.concurrent.locks.Lock;

/**
 * What failover takes of the JVM's threads: all of it goes through here, so that the simulator can play any interleaving
 * of them again. Safe for use by any number of threads.
 */
interface Threads {

    /** A reentrant lock. */
    Lock newLock();

    /** Waits; returns early when the thread is interrupted, and leaves it so. */
    void pause(long millis);

    /**
     * Runs the work again and again, on one thread, with this many milliseconds between its end and its next start.
     *
     * @param work does not throw
     * @return ends it; waits for a run that is under way, but not for long
     */
    Runnable repeat(String name, long periodMillis, Runnable work);
}
