package io.limpet.failover;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A reentrant lock whose holder takes over what others can neither wait for nor leave undone: it is done before anything
 * else by whoever holds the lock next, or by the present holder at the end.
 *
 * <p>Closes a deadlock: whoever serializes an attribute under this lock may wait for that attribute's own lock, which the
 * application may hold while it gives the session a new id.
 */
final class HandoverLock implements Lock {

    private static final Logger LOG = System.getLogger(HandoverLock.class.getName());

    private final Lock lock;
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    /** How often its holder has taken it; guarded by the lock. */
    private int holds;

    HandoverLock(Lock lock) {
        this.lock = lock;
    }

    /** Does this under the lock: at once, or when it was not to be had for so long, as soon as its holder can. */
    void underLock(Runnable work, Duration patience) {
        handedOver.add(work);
        if (isLocked(patience)) {
            unlock();
        }
    }

    private boolean isLocked(Duration patience) {
        try {
            return tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return tryLock(); // when nobody holds it, nobody would do it
        }
    }

    private void taken() {
        holds++;
        if (holds == 1) {
            doAll();
        }
    }

    /** It fails for nobody but its own: the holder's request has nothing to do with it. */
    private void doAll() {
        for (Runnable work = handedOver.poll(); work != null; work = handedOver.poll()) {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "what a session's lock was handed over for failed", e);
            }
        }
    }

    @Override
    public void lock() {
        lock.lock();
        taken();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        lock.lockInterruptibly();
        taken();
    }

    @Override
    public boolean tryLock() {
        boolean locked = lock.tryLock();
        if (locked) {
            taken();
        }
        return locked;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        boolean locked = lock.tryLock(time, unit);
        if (locked) {
            taken();
        }
        return locked;
    }

    @Override
    public void unlock() {
        boolean last = holds == 1;
        if (last) {
            doAll();
        }
        holds--;
        lock.unlock();
        // handed over after the last look, by one who still found the lock taken
        if (last && !handedOver.isEmpty() && tryLock()) {
            unlock();
        }
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("nobody waits for a condition");
    }
}
