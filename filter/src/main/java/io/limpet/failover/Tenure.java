package io.limpet.failover;

import java.util.concurrent.atomic.AtomicLong;

/**
 * In which epoch this node owns a session, and whether it is sure that it still does. An epoch begins with the session's
 * lock held; everything else may be called without.
 */
final class Tenure {

    /** No trust generation. */
    private static final long NEVER = -1;

    private volatile long epoch;

    /** The store's trust generation in which this copy was last known to be the owner's. */
    private volatile long verifiedIn = NEVER;

    /** The latest epoch in which another node is said to have claimed the session. */
    private final AtomicLong takenIn = new AtomicLong();

    Tenure(long epoch) {
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /** This node was granted the session, in this epoch. */
    void begin(long granted) {
        epoch = granted;
    }

    /** Whether the copy may be served without asking the store. */
    boolean isTrusted(long generation) {
        return verifiedIn == generation && !isTaken();
    }

    /** This copy was the owner's in this generation. */
    void trust(long generation) {
        verifiedIn = generation;
    }

    /** The same after a look at the store, before which that was said: it does not matter any more. */
    void trust(long generation, long saidToBeTakenIn) {
        takenIn.compareAndSet(saidToBeTakenIn, 0); // unless it was taken just now
        verifiedIn = generation;
    }

    /** This copy is not to be served before the store was asked. */
    void distrust() {
        verifiedIn = NEVER;
    }

    long takenIn() {
        return takenIn.get();
    }

    /** Another node is said to own the session in this epoch; answers whether that is news. */
    boolean taken(long itsEpoch) {
        return takenIn.accumulateAndGet(itsEpoch, Math::max) > epoch;
    }

    /** Whether another node is said to own the session. */
    boolean isTaken() {
        return takenIn.get() > epoch;
    }
}
