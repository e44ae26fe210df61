package io.limpet.failover.sim;

import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EndResult;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.Point;
import io.limpet.failover.protocol.Pointer;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import io.limpet.failover.protocol.Tombstone;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one node has of the cluster: every call waits on its way there and on its way back. */
final class SimStore implements SessionStore {

    private final String node;
    private final Cluster cluster;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final int faults;
    private Consumer<Taken> listener = taken -> {};
    private long trust;

    SimStore(String node, Cluster cluster, Scheduler scheduler, SplittableRandom random, int faults) {
        this.node = node;
        this.cluster = cluster;
        this.scheduler = scheduler;
        this.random = random;
        this.faults = faults;
    }

    private <R extends Result> R apply(String key, Change<R> change) {
        scheduler.pause();
        int fate = random.nextInt(4_000);
        check(fate >= faults);
        Half half = cluster.halfOf(node);
        cluster.trace.add(() -> who() + key + ": " + change.getClass().getSimpleName() + " is sent");
        boolean late = fate < 2 * faults;
        if (late || fate < 3 * faults) {
            cluster.later(half, key, change);
        }
        check(!late);
        R result = half.apply(key, change);
        cluster.trace.add(() -> who() + key + ": " + described(change) + " -> " + described(result));
        cluster.tell(node, result);
        check(fate >= 4 * faults || fate < 3 * faults);
        scheduler.pause();
        return result;
    }

    private static String described(Object it) {
        if (it instanceof Save save) {
            return "save " + save.epoch() + "/" + save.base() + "-" + save.version() + " of " + texts(save)
                    + " without " + save.removed();
        }
        return it instanceof ClaimResult.Claimed claimed
                ? claimed.record().epoch() + " " + claimed.record().ids() + Values.numbersIn(claimed.record())
                : String.valueOf(it);
    }

    private static Map<String, String> texts(Save save) {
        Map<String, String> texts = new TreeMap<>();
        save.set().forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.ISO_8859_1)));
        return texts;
    }

    private String who() {
        Task task = scheduler.current();
        return scheduler.steps + " " + node + " (" + (task == null ? "" : task.name) + ") ";
    }

    private void check(boolean fine) {
        if (!fine || !cluster.isOpen(node)) {
            Task task = scheduler.current();
            if (task != null) {
                task.storeFailed = true;
            }
            cluster.trace.add(() -> who() + "no answer");
            throw new StoreUnavailableException("simulated");
        }
    }

    @Override
    public SaveResult save(String key, Save save) {
        return apply(key, save);
    }

    @Override
    public ClaimResult claim(String id, Claim claim) {
        return apply(id, claim);
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
        scheduler.pause();
        check(random.nextInt(4_000) >= faults);
        Half half = cluster.halfOf(node);
        Entry entry = half.entries.get(id);
        String key = entry instanceof Pointer pointer ? pointer.key() : id;
        LookupResult result = found(key, half.entries.get(key));
        cluster.trace.add(() -> who() + id + ": load -> " + result);
        scheduler.pause();
        return result;
    }

    private static LookupResult found(String key, @Nullable Entry entry) {
        if (entry instanceof SessionRecord record) {
            return new LookupResult.Found(record, key);
        }
        return entry instanceof Tombstone ? new LookupResult.Ended() : new LookupResult.Missing();
    }

    @Override
    public void onTaken(Consumer<Taken> told) {
        listener = told;
    }

    void tell(Taken taken) {
        listener.accept(taken);
    }

    void distrust() {
        trust++;
    }

    @Override
    public StoreState state() {
        return cluster.isOpen(node) ? StoreState.HEALTHY : StoreState.DEGRADED;
    }

    @Override
    public long trustGeneration() {
        return trust;
    }

    /** Whenever it could be: what was not lost must not suffer from being looked for. */
    @Override
    public long lossGeneration() {
        return trust;
    }

    @Override
    public void close() {}
}
