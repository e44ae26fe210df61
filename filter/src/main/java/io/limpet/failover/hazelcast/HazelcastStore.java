package io.limpet.failover.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.AnswerFormat;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EndResult;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.NewerFormatException;
import io.limpet.failover.protocol.Point;
import io.limpet.failover.protocol.Pointer;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Trust;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The store as a member of a Hazelcast cluster inside this application: one map from id to the bytes of an entry, one
 * synchronous backup, changed by entry processors only.
 *
 * <p>Safe for use by any number of threads. Nothing here blocks longer than the store's time-out: never call a method of
 * the map that waits by itself.
 */
public final class HazelcastStore implements SessionStore {

    private static final Logger log = System.getLogger(HazelcastStore.class.getName());
    private static final AtomicInteger sequence = new AtomicInteger();
    private static final long TICK_MILLIS = Trust.LIMIT / 4;

    private final HazelcastInstance hazelcast;
    private final IMap<String, byte[]> sessions;
    private final BoundedCalls calls;
    private final Trust trust;
    private final ClusterWatch watch;
    private final ScheduledExecutorService ticks;

    @SuppressWarnings("FutureReturnValueIgnored") // they end with their executor and do not throw
    private HazelcastStore(
            HazelcastInstance hazelcast, String contextName, Duration timeout, Trust trust, ClusterWatch watch) {
        this.hazelcast = hazelcast;
        this.sessions = hazelcast.getMap(MemberConfig.MAP_PREFIX + contextName);
        this.calls = new BoundedCalls(timeout, watch);
        this.trust = trust;
        this.watch = watch;
        // two threads: a look at the copies may block, and the clock must be looked at all the same
        ticks = Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "limpet-store-watch");
            thread.setDaemon(true);
            return thread;
        });
        ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        ticks.scheduleWithFixedDelay(this::settle, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts a member and joins the others, or begins a cluster when there are none yet.
     *
     * @param node this node's route: no other node keeps the second copy of what this one keeps
     * @param contextName tells the sessions of several applications in one cluster apart; the same on all nodes
     * @throws IllegalStateException when no member could be started; the message says why and what to change
     */
    public static SessionStore start(ClusterSettings settings, Route node, String contextName) {
        Trust trust = new Trust(System::currentTimeMillis);
        ClusterWatch watch = new ClusterWatch(trust);
        try {
            Config config = MemberConfig.complete(
                    settings.hazelcastConfig()
                            .map(location -> ConfigFile.read(location, settings.classLoader()))
                            .orElseGet(() -> MemberConfig.of(settings, node)),
                    settings.classLoader());
            config.setInstanceName("limpet-" + node + "-" + sequence.incrementAndGet());
            config.addListenerConfig(new ListenerConfig(watch));
            HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config);
            watch.joined(hazelcast.getCluster().getMembers().size());
            log.log(
                    Level.INFO,
                    "node {0} is member {1} of cluster {2}, {3} in all",
                    node,
                    hazelcast.getCluster().getLocalMember().getAddress(),
                    config.getClusterName(),
                    hazelcast.getCluster().getMembers().size());
            return new HazelcastStore(hazelcast, contextName, settings.storeTimeout(), trust, watch);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "failover cannot start: no member of cluster '" + settings.cluster() + "' at " + settings.bind()
                            + ": " + e.getMessage() + "; correct it, or set failover=false",
                    e);
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
        Entry entry = read(id);
        return entry instanceof Pointer pointer
                ? LookupResult.of(pointer.key(), read(pointer.key()))
                : LookupResult.of(id, entry);
    }

    private <R extends Result> R apply(String key, Change<R> change) {
        Answer<R> answer = ask(key, change);
        if (answer instanceof Answer.Elsewhere<R> elsewhere) {
            answer = ask(elsewhere.key(), change);
        }
        if (answer instanceof Answer.Given<R> given) {
            return given.result();
        }
        throw new StoreUnavailableException("session " + shortened(key)
                + " was written by a newer Limpet, or leads in a circle; finish the upgrade of all nodes");
    }

    private <R extends Result> Answer<R> ask(String key, Change<R> change) {
        byte[] answer = calls.await(() -> sessions.submitToKey(key, new ChangeProcessor(change)));
        try {
            return AnswerFormat.decode(answer, change.resultType());
        } catch (CorruptEntryException e) {
            throw new StoreUnavailableException("an answer that this node cannot read: " + e.getMessage(), e);
        }
    }

    private @Nullable Entry read(String id) {
        byte @Nullable [] bytes = calls.await(() -> sessions.getAsync(id));
        if (bytes == null) {
            return null;
        }
        try {
            return EntryFormat.decode(bytes);
        } catch (NewerFormatException e) {
            throw new StoreUnavailableException("session " + shortened(id) + " was " + e.getMessage(), e);
        } catch (CorruptEntryException e) {
            log.log(Level.WARNING, "session {0} is corrupt in the store ({1}); it counts as missing", shortened(id), e);
            return null;
        }
    }

    /** Looks at the clock, and asks a store that failed whether it has recovered, so that quiet nodes notice too. */
    private void tick() {
        trust.generation();
        if (watch.isFailing() && watch.closedBecause().isEmpty()) {
            try {
                sessions.getAsync("").thenRun(watch::answered);
            } catch (RuntimeException e) {
                log.log(Level.DEBUG, "the store still refuses", e);
            }
        }
    }

    private void settle() {
        try {
            watch.settle(() -> hazelcast.getPartitionService().isClusterSafe());
        } catch (RuntimeException e) {
            log.log(Level.DEBUG, "whether all copies are made cannot be told now", e);
        }
    }

    @Override
    public StoreState state() {
        return watch.state();
    }

    @Override
    public long trustGeneration() {
        return trust.generation();
    }

    /**
     * Hands over what this member holds before it leaves, so that nodes may stop one after another and lose nothing;
     * after ten seconds it leaves anyway.
     */
    @Override
    public void close() {
        ticks.shutdownNow();
        hazelcast.shutdown();
    }

    /** Enough to find it by, too little to use it. */
    private static String shortened(String id) {
        return id.substring(0, Math.min(4, id.length())) + "…";
    }
}
