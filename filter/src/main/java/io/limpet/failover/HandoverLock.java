package io.limpet.failover;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * A reentrant lock for which nobody who may hold a lock of the application's waits for ever: its holder may be waiting
 * for just that one, while he serializes an attribute. What somebody can neither wait for nor leave undone is done by
 * whoever holds the lock next, before anything else, or by the present holder at the end.
 */
final class HandoverLock {

    private static final Logger LOG = System.getLogger(HandoverLock.class.getName());

    private final Lock lock;
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    /** How often its holder has taken it; guarded by the lock. */
    private int holds;

    private volatile boolean held;

    HandoverLock(Lock lock) {
        this.lock = lock;
    }

    /** For those who hold no lock of the application's, or when nobody serializes anything under this one any more. */
    void lock() {
        lock.lock();
        taken();
    }

    boolean tryLock() {
        boolean locked = lock.tryLock();
        if (locked) {
            taken();
        }
        return locked;
    }

    boolean isLockedWithin(Duration patience) {
        if (tryLock()) {
            return true; // nearly always
        }
        try {
            boolean locked = lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (locked) {
                taken();
            }
            return locked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tryLock(); // when nobody holds it, nobody would do what is handed over
        }
    }

    /** @throws StoreUnavailableException when the lock is not to be had in this time */
    void lockWithin(Duration patience) {
        if (!isLockedWithin(patience)) {
            throw new StoreUnavailableException("another request is saving the session");
        }
    }

    /** Does this under the lock: at once, or when it was not to be had for so long, as soon as its holder can. */
    void underLock(Duration patience, Runnable work) {
        handedOver.add(work);
        if (isLockedWithin(patience)) {
            unlock();
        }
    }

    /**
     * Whether nobody holds it, nor waits for something to be done under it. Whoever is told so sees all that was done under
     * it before.
     */
    boolean isFree() {
        return handedOver.isEmpty() && !held; // in this order: what is not there any more is being done under the lock
    }

    void unlock() {
        boolean last = holds == 1;
        if (last) {
            doAll();
            held = false;
        }
        holds--;
        lock.unlock();
        // handed over after the last look, by one who still found the lock taken
        if (last && !handedOver.isEmpty() && tryLock()) {
            unlock();
        }
    }

    private void taken() {
        holds++;
        if (holds == 1) {
            held = true;
            doAll();
        }
    }

    /** It fails for nobody but its own: the holder's request has nothing to do with it. */
    private void doAll() {
        for (Runnable work = handedOver.poll(); work != null; work = handedOver.poll()) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "what a session's lock was handed over for failed", e);
            }
        }
    }
}
