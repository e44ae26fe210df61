package io.limpet.failover;

import io.limpet.failover.protocol.SessionStore;
import java.time.Clock;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Opens {@link Replication} for the simulator: with locks and a backlog that it has in its own hands. */
public final class SimulatedNode {

    private SimulatedNode() {}

    /**
     * The real thing.
     *
     * @param locks makes the locks
     * @param pause instead of waiting
     * @param repeated takes the work of the backlog, to be run now and then
     */
    public static Failover of(
            SessionStore store,
            SessionCodec codec,
            ReplicationSettings settings,
            Clock clock,
            Supplier<Lock> locks,
            Runnable pause,
            Consumer<Runnable> repeated) {
        return new Replication(store, codec, settings, clock, new Threads() {
            @Override
            public Lock newLock() {
                return locks.get();
            }

            @Override
            public void pause(long millis) {
                pause.run();
            }

            @Override
            public Runnable repeat(String name, long periodMillis, Runnable work) {
                repeated.accept(work);
                return () -> repeated.accept(() -> {});
            }
        });
    }
}
