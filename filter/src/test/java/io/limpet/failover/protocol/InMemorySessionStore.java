package io.limpet.failover.protocol;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's store in one JVM: the same changes, applied to bytes in a map under the same lock per entry. Several
 * nodes of a test share one. Thread-safe.
 */
public final class InMemorySessionStore implements SessionStore {

    /** @param expiresAt in milliseconds of the clock; {@link Long#MAX_VALUE} for never */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares slots
    private record Slot(byte[] bytes, long expiresAt) {}

    private final ConcurrentMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final List<Consumer<Taken>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong trust = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final LongSupplier clock;
    private volatile boolean available = true;
    private volatile boolean answering = true;

    /** A store that lives by the system's clock. */
    public InMemorySessionStore() {
        this(System::currentTimeMillis);
    }

    /** @param clock milliseconds since 1970, for the time to live */
    public InMemorySessionStore(LongSupplier clock) {
        this.clock = clock;
    }

    /** Whether calls are answered; when not they throw, as a store does that is too slow or merging. */
    public void available(boolean now) {
        available = now;
    }

    /** Whether what is applied is also answered; when not, the sender knows nothing of what became of it. */
    public void answering(boolean now) {
        answering = now;
    }

    /** As after a pause, a membership change or a merge: local copies must be verified. */
    public void distrust() {
        trust.incrementAndGet();
    }

    /** What is kept under a key, for tests to look at; null when nothing is. */
    public @Nullable Entry peek(String key) {
        return entryIn(slots.get(key));
    }

    /** Loses an entry, as a cluster does that loses too many members at once. */
    public void lose(String key) {
        slots.remove(key);
    }

    /** Loses everything, and says that this may have happened. */
    public void loseAll() {
        slots.clear();
        losses.incrementAndGet();
    }

    @Override
    public SaveResult save(String key, Save save) {
        return apply(key, save);
    }

    @Override
    public ClaimResult claim(String id, Claim claim) {
        ClaimResult result = apply(id, claim);
        Taken.of(result).ifPresent(taken -> listeners.forEach(listener -> listener.accept(taken)));
        return result;
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        listeners.add(listener);
    }

    @Override
    public EndResult end(String key, End end) {
        return apply(key, end);
    }

    @Override
    public void point(String id, String key, int maxInactiveSeconds) {
        apply(id, new Point(key, maxInactiveSeconds));
    }

    @Override
    public LookupResult load(String id) {
        checkAvailable();
        Entry entry = peek(id);
        String key = entry instanceof Pointer pointer ? pointer.key() : id;
        return LookupResult.of(key, peek(key));
    }

    private <R extends Result> R apply(String key, Change<R> change) {
        checkAvailable();
        Outcome<R> outcome = applyAt(key, change);
        if (outcome instanceof Outcome.Elsewhere<R> elsewhere) {
            outcome = applyAt(elsewhere.key(), change);
        }
        if (!answering) {
            throw new StoreUnavailableException("the test had the answer lost");
        }
        if (outcome instanceof Outcome.Written<R> written) {
            return written.result();
        }
        if (outcome instanceof Outcome.Unchanged<R> unchanged) {
            return unchanged.result();
        }
        throw new AssertionError("a pointer at a pointer: " + outcome);
    }

    private <R extends Result> Outcome<R> applyAt(String key, Change<R> change) {
        AtomicReference<@Nullable Outcome<R>> result = new AtomicReference<>();
        slots.compute(key, (k, slot) -> {
            Outcome<R> outcome = change.applyTo(key, entryIn(slot));
            result.set(outcome);
            return outcome instanceof Outcome.Written<R> written ? slotOf(written) : slot;
        });
        Outcome<R> outcome = result.get();
        if (outcome == null) {
            throw new AssertionError("compute always runs");
        }
        return outcome;
    }

    private Slot slotOf(Outcome.Written<?> written) {
        long seconds = written.lifetimeSeconds();
        long expiresAt = seconds == Lifetime.FOREVER ? Long.MAX_VALUE : clock.getAsLong() + seconds * 1000;
        return new Slot(EntryFormat.encode(written.entry()), expiresAt);
    }

    private @Nullable Entry entryIn(@Nullable Slot slot) {
        if (slot == null || slot.expiresAt < clock.getAsLong()) {
            return null;
        }
        try {
            return EntryFormat.decode(slot.bytes);
        } catch (CorruptEntryException e) {
            throw new AssertionError(e);
        }
    }

    private void checkAvailable() {
        if (!available) {
            throw new StoreUnavailableException("the test switched the store off; switch it on again");
        }
    }

    @Override
    public StoreState state() {
        return available ? StoreState.HEALTHY : StoreState.DEGRADED;
    }

    @Override
    public long trustGeneration() {
        return trust.get();
    }

    @Override
    public long lossGeneration() {
        return losses.get();
    }

    /** The nodes of a test share the store: one that leaves takes nothing with it. */
    @Override
    public void close() {}
}
