package io.limpet.failover.hazelcast;

import io.limpet.failover.hazelcast.FailingParts.Part;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries behind circuit breakers. A member that hangs takes with it what it keeps, and nothing else; so there is a
 * breaker for all entries that the same members keep, and none hears of another's answers, nor one for long changes of
 * those to short ones. Who only reads asks the owner alone, whose answer says nothing of the backup: reads have a
 * breaker of their own, and only an acknowledged write says that all is well again.
 *
 * <p>Safe for use by any number of threads.
 */
final class GuardedEntries implements Entries {

    /**
     * Members have other addresses when they come back in a container; what is known of the old ones need not be kept. With
     * some for each partition of a cluster, a few hundred as a rule, these are far more than there can be at once.
     */
    private static final int MOST = 10_000;

    private final Entries entries;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final FailingParts failing;
    /** By {@link Part}, and {@link Reads}. */
    private final Map<Object, StoreBreaker> breakers = new ConcurrentHashMap<>();

    /**
     * Guards entries.
     *
     * @param timeout how long one of their calls takes at most
     * @param nanoTime a monotonic clock in nanoseconds
     * @param proof what must be true besides for the answer of a probe to count
     */
    GuardedEntries(Entries entries, Duration timeout, LongSupplier nanoTime, Supplier<CompletionStage<?>> proof) {
        this.entries = entries;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.failing = new FailingParts(entries, timeout, nanoTime, proof, (part, key) -> {
            breaker(part).close();
            breaker(reads(key)).close();
        });
    }

    /** Of those who only read: of these members, as far as anybody knows. */
    private record Reads(Object keepers) {}

    private Reads reads(String key) {
        return new Reads(entries.keepers(key));
    }

    private <T extends @Nullable Object> T noticed(String key, Part part, int bytes, Supplier<T> call) {
        long begun = nanoTime.getAsLong();
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            failing.failed(key, part, bytes, nanoTime.getAsLong() - begun, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private StoreBreaker breaker(Object of) {
        if (breakers.size() > MOST) {
            breakers.clear();
        }
        return breakers.computeIfAbsent(of, none -> new StoreBreaker(timeout, nanoTime));
    }

    private static boolean isAcknowledged(Answer<?> answer) {
        return answer instanceof Answer.Given<?> given && given.result().isWritten();
    }

    /** Whether somebody did not answer when he was last asked. */
    boolean isFailing() {
        return !failing.isEmpty();
    }

    /** Asks those again that did not answer. Does not block. */
    void askAgain() {
        failing.askAgain();
    }

    @Override
    public <R extends Result> Answer<R> apply(String key, Change<R> change) {
        int bytes = change.bytes();
        Part part = new Part(entries.fate(key), bytes);
        failing.refuseDoubted(part, key);
        return noticed(key, part, bytes, () -> {
            Answer<R> answer = breaker(part).call(() -> entries.apply(key, change), GuardedEntries::isAcknowledged);
            if (isAcknowledged(answer)) {
                failing.acknowledged(part);
            }
            return answer;
        });
    }

    @Override
    public byte @Nullable [] get(String key) {
        return this.<byte @Nullable []>noticed(
                key,
                new Part(entries.fate(key), 0),
                0,
                () -> breaker(reads(key)).<byte @Nullable []>call(() -> entries.get(key), any -> true));
    }

    @Override
    public Object keepers(String key) {
        return entries.keepers(key);
    }

    @Override
    public Object fate(String key) {
        return entries.fate(key);
    }

    @Override
    public void tell(Taken taken) {
        entries.tell(taken);
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        entries.onTaken(listener);
    }

    @Override
    public CompletionStage<?> probe(String key, int bytes) {
        return entries.probe(key, bytes);
    }

    @Override
    public boolean settle() {
        return entries.settle();
    }

    @Override
    public void close() {
        entries.close();
    }
}
