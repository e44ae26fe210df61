package io.limpet.failover;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The JVM's own threads and locks. */
final class JvmThreads implements Threads {

    private static final Logger LOG = System.getLogger(JvmThreads.class.getName());
    private static final long END_SECONDS = 5;

    @Override
    public Lock newLock() {
        return new ReentrantLock();
    }

    @Override
    public void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor and does not throw
    public Runnable repeat(String name, long periodMillis, Runnable work) {
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        worker.scheduleWithFixedDelay(work, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        return () -> end(name, worker);
    }

    private static void end(String name, ScheduledExecutorService worker) {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "thread {0} did not end within {1} s", name, END_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
