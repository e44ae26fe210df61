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
    private Optional<Arrival> arrival = Optional.empty(); // guarded by the lock

    Meeting(Lock lock, long generation) {
        this.lock = lock;
        this.generation = generation;
    }

    /** Does what the others wait for. */
    Arrival lead(Supplier<Arrival> work) {
        lock.lock();
        try {
            arrival = Optional.of(work.get());
            return arrival.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for what the first one finds.
     *
     * @throws StoreUnavailableException when it took too long, or failed
     */
    Arrival follow(Duration limit) {
        boolean done = false;
        try {
            done = lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
            return arrival(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while another request adopts the session", e);
        } finally {
            if (done) {
                lock.unlock();
            }
        }
    }

    private Arrival arrival(boolean done) {
        if (!done || arrival.isEmpty()) {
            throw new StoreUnavailableException("the request that adopts the session failed, or is not done");
        }
        Arrival found = arrival.get();
        return found.adopted().map(Arrival::follows).orElse(found);
    }
}
