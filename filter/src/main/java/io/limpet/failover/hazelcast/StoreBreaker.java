package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spares requests the wait for members that are silent: after some calls in a row that cost their time-out, calls are
 * refused at once for as long as one time-out, then one of them tries again. Calls that fail quickly cost nothing and do
 * not count. Sixty lines of our own, as the filter has no dependency but the servlet API and Hazelcast, and those of the
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

    /** Somebody knows that these members answer. */
    void close() {
        silences.set(0);
    }

    /**
     * Calls, or refuses to.
     *
     * @param proves whether such a result took all of these members; another one says nothing for those that are silent
     * @throws StoreUnavailableException as the call does, or at once while these members are silent
     */
    <T extends @Nullable Object> T call(Supplier<T> call, Predicate<? super T> proves) {
        long begun = nanoTime.getAsLong();
        boolean tries = isOpen();
        if (tries && !mayTry(begun)) {
            throw new StoreUnavailableException("the members that keep this session have been silent for "
                    + silences.get() + " calls; see whether one hangs");
        }
        try {
            T result = call.get();
            if (proves.test(result)) {
                close();
            } else if (tries) {
                nextTry.set(nanoTime.getAsLong()); // it cost nothing: the next one may try
            }
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
