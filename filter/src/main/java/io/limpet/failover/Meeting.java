package io.limpet.failover;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Where parallel requests for one session meet: the first one finds out what became of it, the others are told. Safe for
 * use by any number of threads; the first one must be inside {@link #lead} before the others know the meeting.
 */
final class Meeting {

    /** The store's trust generation when it began. */
    final long generation;

    private final Lock lock;
    private Optional<Adopted> adopted = Optional.empty(); // guarded by the lock

    Meeting(Lock lock, long generation) {
        this.lock = lock;
        this.generation = generation;
    }

    /** Does what the others wait for. */
    Adopted lead(Supplier<Adopted> work) {
        lock.lock();
        try {
            adopted = Optional.of(work.get());
            return adopted.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for what the first one finds.
     *
     * @throws StoreUnavailableException when it took too long, or failed
     */
    Adopted follow(Duration limit) {
        boolean done = false;
        try {
            done = lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
            return adopted(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while another request adopts the session", e);
        } finally {
            if (done) {
                lock.unlock();
            }
        }
    }

    private Adopted adopted(boolean done) {
        if (!done || adopted.isEmpty()) {
            throw new StoreUnavailableException("the request that adopts the session failed, or is not done");
        }
        return adopted.get().followed();
    }
}
