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
 * breaker for all entries that the same members keep, and none hears of another's answers. Who only reads asks the owner
 * alone, whose answer says nothing of the backup: reads have a breaker of their own, and only an acknowledged write
 * says that all is well again.
 *
 * <p>Safe for use by any number of threads. Flips are logged, not every failure.
 */
final class GuardedEntries implements Entries {

    private static final Logger log = System.getLogger(GuardedEntries.class.getName());

    /**
     * Members have other addresses when they come back in a container; what is known of the old ones need not be kept. With
     * two for each partition of a cluster, a few hundred as a rule, these are far more than there can be at once.
     */
    private static final int MOST = 10_000;

    private final Entries entries;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    /** By fate, and {@link Reads} of it. */
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

    /** Of those who only read. */
    private record Reads(Object fate) {}

    private <T extends @Nullable Object> T noticed(Object fate, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            failed(fate, key, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private StoreBreaker breaker(Object of) {
        if (breakers.size() > MOST) {
            breakers.clear();
        }
        return breakers.computeIfAbsent(of, none -> new StoreBreaker(timeout, nanoTime));
    }

    private void failed(Object fate, String key, String why) {
        boolean first = failing.isEmpty();
        if (failing.put(fate, key) == null && first) {
            log.log(Level.WARNING, "the store is degraded: {0}", why);
        }
    }

    /** First they are asked again, then the status may say that all is well. */
    private void acknowledged(Object fate) {
        if (!failing.containsKey(fate)) {
            return; // most changes: nothing to tell
        }
        breaker(fate).close();
        breaker(new Reads(fate)).close();
        if (failing.remove(fate) != null && failing.isEmpty()) {
            log.log(Level.INFO, "the store answers again");
        }
    }

    private static boolean isAcknowledged(Answer<?> answer) {
        return answer instanceof Answer.Given<?> given && given.result().isWritten();
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
        failing.forEach((fate, key) -> {
            if (asked.add(fate)) {
                long begun = nanoTime.getAsLong();
                try {
                    entries.probe(key)
                            .thenCompose(answer -> proof.get())
                            .thenRun(() -> probed(fate, begun))
                            .whenComplete((done, failure) -> asked.remove(fate));
                } catch (RuntimeException e) {
                    asked.remove(fate);
                    log.log(Level.DEBUG, "the store still refuses", e);
                }
            }
        });
    }

    /** Servers that are configured so acknowledge for a silent backup in the end; requests do not wait that long. */
    private void probed(Object fate, long begun) {
        if (nanoTime.getAsLong() - begun < timeout.toNanos()) {
            acknowledged(fate);
        }
    }

    @Override
    public <R extends Result> Answer<R> apply(String key, Change<R> change) {
        Object fate = entries.fate(key);
        return noticed(fate, key, () -> {
            Answer<R> answer = breaker(fate).call(() -> entries.apply(key, change), GuardedEntries::isAcknowledged);
            if (isAcknowledged(answer)) {
                acknowledged(fate);
            }
            return answer;
        });
    }

    @Override
    public byte @Nullable [] get(String key) {
        Object fate = entries.fate(key);
        return this.<byte @Nullable []>noticed(
                fate, key, () -> breaker(new Reads(fate)).<byte @Nullable []>call(() -> entries.get(key), any -> true));
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
