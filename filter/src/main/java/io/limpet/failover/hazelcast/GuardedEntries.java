package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries behind circuit breakers. A member that hangs takes with it what it keeps, and nothing else; so there is a
 * breaker for all entries that the same members keep, and none hears of another's answers.
 *
 * <p>Safe for use by any number of threads. Flips are logged, not every failure.
 */
final class GuardedEntries implements Entries {

    private static final Logger log = System.getLogger(GuardedEntries.class.getName());

    /** Members have other addresses when they come back in a container; what is known of the old ones need not be kept. */
    private static final int MOST = 1_000;

    private final Entries entries;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Map<Object, StoreBreaker> breakers = new ConcurrentHashMap<>();

    /** Whose last answer was none, each with a key to ask for. */
    private final Map<Object, String> failing = new ConcurrentHashMap<>();

    /** Who is being asked again, so that a member that hangs is not asked ever more often. */
    private final Set<Object> asked = ConcurrentHashMap.newKeySet();

    /**
     * Guards entries.
     *
     * @param timeout how long one of their calls takes at most
     * @param nanoTime a monotonic clock in nanoseconds
     */
    GuardedEntries(Entries entries, Duration timeout, LongSupplier nanoTime) {
        this.entries = entries;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    private <T extends @Nullable Object> T call(String key, Supplier<T> call) {
        Object keepers = keepers(key);
        try {
            T result = breaker(keepers).call(call);
            answered(keepers);
            return result;
        } catch (StoreUnavailableException e) {
            failed(keepers, key, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private StoreBreaker breaker(Object keepers) {
        if (breakers.size() > MOST) {
            breakers.clear();
        }
        return breakers.computeIfAbsent(keepers, none -> new StoreBreaker(timeout, nanoTime));
    }

    private void failed(Object keepers, String key, String why) {
        boolean first = failing.isEmpty();
        if (failing.put(keepers, key) == null && first) {
            log.log(Level.WARNING, "the store is degraded: {0}", why);
        }
    }

    private void answered(Object keepers) {
        if (!failing.isEmpty() && failing.remove(keepers) != null && failing.isEmpty()) {
            log.log(Level.INFO, "the store answers again");
        }
    }

    /** Whether somebody did not answer when he was last asked. */
    boolean isFailing() {
        return !failing.isEmpty();
    }

    /**
     * Asks those again that did not answer, so that a node without requests notices, too, when they are back. Does not
     * block.
     *
     * @param proof what must be true besides for an answer to count
     */
    void askAgain(Supplier<CompletionStage<?>> proof) {
        failing.forEach((keepers, key) -> {
            if (asked.add(keepers)) {
                try {
                    entries.probe(key)
                            .thenCompose(answer -> proof.get())
                            .thenRun(() -> answered(keepers))
                            .whenComplete((done, failure) -> asked.remove(keepers));
                } catch (RuntimeException e) {
                    asked.remove(keepers);
                    log.log(Level.DEBUG, "the store still refuses", e);
                }
            }
        });
    }

    @Override
    public <R extends Result> Answer<R> apply(String key, Change<R> change) {
        return call(key, () -> entries.apply(key, change));
    }

    @Override
    public byte @Nullable [] get(String key) {
        return this.<byte @Nullable []>call(key, () -> entries.get(key));
    }

    @Override
    public Object keepers(String key) {
        return entries.keepers(key);
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
    public CompletionStage<?> probe(String key) {
        return entries.probe(key);
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
