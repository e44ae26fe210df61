package io.limpet.failover;

import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EndResult;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.Taken;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A store behind circuit breakers: a member that hangs takes the sessions that it keeps with it and leaves the others, so
 * there is a breaker for each of several groups of keys.
 */
final class GuardedStore implements SessionStore {

    private static final int GROUPS = 32;

    private final SessionStore store;
    private final List<StoreBreaker> breakers;

    /**
     * Guards a store.
     *
     * @param timeout how long one of its calls takes at most
     * @param nanoTime a monotonic clock in nanoseconds
     */
    GuardedStore(SessionStore store, Duration timeout, LongSupplier nanoTime) {
        this.store = store;
        this.breakers = Stream.generate(() -> new StoreBreaker(timeout, nanoTime))
                .limit(GROUPS)
                .toList();
    }

    private StoreBreaker breaker(String key) {
        return breakers.get(Math.floorMod(key.hashCode(), GROUPS));
    }

    @Override
    public SaveResult save(String key, Save save) {
        return breaker(key).call(() -> store.save(key, save));
    }

    @Override
    public ClaimResult claim(String id, Claim claim) {
        return breaker(id).call(() -> store.claim(id, claim));
    }

    @Override
    public LookupResult load(String id) {
        return breaker(id).call(() -> store.load(id));
    }

    @Override
    public EndResult end(String key, End end) {
        return breaker(key).call(() -> store.end(key, end));
    }

    @Override
    public void point(String id, String key, int maxInactiveSeconds) {
        breaker(key).call(() -> {
            store.point(id, key, maxInactiveSeconds);
            return key;
        });
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        store.onTaken(listener);
    }

    @Override
    public StoreState state() {
        return breakers.stream().anyMatch(StoreBreaker::isRefusing) ? StoreState.DEGRADED : store.state();
    }

    @Override
    public long trustGeneration() {
        return store.trustGeneration();
    }

    @Override
    public long lossGeneration() {
        return store.lossGeneration();
    }

    @Override
    public void close() {
        store.close();
    }
}
