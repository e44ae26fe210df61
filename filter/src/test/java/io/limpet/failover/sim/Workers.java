package io.limpet.failover.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads that are used again and again: a simulation starts thousands of tasks in a second. */
final class Workers {

    /** One thread, idle or at work. */
    private static final class Worker extends Thread {
        private volatile @Nullable Runnable work;

        Worker() {
            super("simulated");
            setDaemon(true);
        }

        @Override
        public void run() {
            while (true) {
                Runnable next = work;
                if (next == null) {
                    LockSupport.park(this);
                } else {
                    work = null; // before: what comes next is set while this one is still ending
                    next.run();
                }
            }
        }
    }

    private final Deque<Worker> idle = new ArrayDeque<>();

    /** Begins work on some thread; {@link #done} makes that thread idle again. */
    Thread begin(Runnable work) {
        Worker worker = idle.isEmpty() ? new Worker() : idle.pop();
        worker.work = work;
        if (!worker.isAlive()) {
            worker.start();
        }
        LockSupport.unpark(worker);
        return worker;
    }

    /** The thread has nothing more to do. */
    void done(Thread thread) {
        idle.push((Worker) thread);
    }
}
