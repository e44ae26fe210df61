package io.limpet.failover.sim;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A reentrant lock between tasks; for the simulation itself it is always free. */
final class SimLock implements Lock {

    private final Scheduler scheduler;
    private @Nullable Task holder;
    private int holds;

    SimLock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    boolean isFree() {
        return holder == null;
    }

    @Override
    public boolean tryLock() {
        Task task = scheduler.current();
        if (task == null) {
            return holder == null;
        }
        if (holder != null && holder != task) {
            return false;
        }
        holder = task;
        holds++;
        return true;
    }

    @Override
    public void lock() {
        await(false);
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
        return await(true);
    }

    private boolean await(boolean impatient) {
        Task task = scheduler.current();
        if (task == null) {
            return true;
        }
        while (!tryLock()) {
            task.waitsFor = this;
            task.impatient = impatient;
            try {
                task.pause();
            } finally {
                task.waitsFor = null;
                task.impatient = false;
            }
            if (impatient && !isFree()) {
                task.storeFailed = true; // it goes on without knowing what the holder finds
                scheduler.waitedInVain(task);
                return false;
            }
        }
        return true;
    }

    @Override
    public void unlock() {
        if (scheduler.current() != null && --holds == 0) {
            holder = null;
        }
    }

    @Override
    public void lockInterruptibly() {
        lock();
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException("nobody waits for a condition");
    }
}
