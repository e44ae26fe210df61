package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Spares requests the wait for members that are silent: after some calls in a row that cost their time-out, calls are
 * refused at once for as long as one time-out, then one of them tries again. Calls that fail quickly cost nothing and do
 * not count. Forty lines of our own, as the filter has no dependency but the servlet API and Hazelcast, and those of the
 * libraries that do it (Resilience4j, Failsafe) would come into every application's class loader.
 *
 * <p>Safe for use by any number of threads.
 */
final class StoreBreaker {

    /** One lost packet or one long pause of the garbage collector is not a silent store. */
    private static final int SILENCES = 3;

    private final long timeoutNanos;
    private final LongSupplier nanoTime;
    private final AtomicInteger silences = new AtomicInteger();
    private final AtomicLong nextTry = new AtomicLong();

    /** @param nanoTime a monotonic clock in nanoseconds */
    StoreBreaker(Duration timeout, LongSupplier nanoTime) {
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
    }

    private boolean isOpen() {
        return silences.get() >= SILENCES;
    }

    /** @throws StoreUnavailableException as the call does, or at once while these members are silent */
    <T> T call(Supplier<T> call) {
        long begun = nanoTime.getAsLong();
        if (isOpen() && !mayTry(begun)) {
            throw new StoreUnavailableException("the members that keep this session have been silent for "
                    + silences.get() + " calls; see whether one hangs");
        }
        try {
            T result = call.get();
            silences.set(0);
            return result;
        } catch (StoreUnavailableException e) {
            long now = nanoTime.getAsLong();
            if (now - begun >= timeoutNanos / 2) {
                nextTry.set(now + timeoutNanos);
                silences.incrementAndGet();
            }
            throw e;
        }
    }

    /** One call at a time, each once its predecessor has had its time. */
    private boolean mayTry(long now) {
        long due = nextTry.get();
        return now - due >= 0 && nextTry.compareAndSet(due, now + 2 * timeoutNanos);
    }
}
