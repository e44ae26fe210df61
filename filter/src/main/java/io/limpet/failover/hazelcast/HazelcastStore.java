package io.limpet.failover.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.limpet.failover.protocol.Answer;
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
import io.limpet.failover.protocol.Taken;
import io.limpet.failover.protocol.Trust;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store on a Hazelcast cluster: one map from id to the bytes of an entry, in members inside the nodes or in servers
 * of their own, one synchronous backup.
 *
 * <p>Safe for use by any number of threads. Nothing here blocks longer than the store's time-out.
 */
public final class HazelcastStore implements SessionStore {

    private static final Logger log = System.getLogger(HazelcastStore.class.getName());
    private static final AtomicInteger sequence = new AtomicInteger();
    private static final long TICK_MILLIS = Trust.LIMIT / 4;

    private final GuardedEntries entries;
    private final Trust trust;
    private final ClusterWatch watch;
    private final ScheduledExecutorService ticks;
    private final Optional<Announcement> announcement;

    @SuppressWarnings("FutureReturnValueIgnored") // they end with their executor and do not throw
    private HazelcastStore(
            GuardedEntries entries, Trust trust, ClusterWatch watch, Optional<Announcement> announcement) {
        this.entries = entries;
        this.trust = trust;
        this.watch = watch;
        this.announcement = announcement;
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
     * Starts a member and joins the others, or begins a cluster when there are none yet; or starts a client, which
     * connects to its servers in the background.
     *
     * @param node this node's route: no other node keeps the second copy of what this one keeps
     * @param contextName tells the sessions of several applications in one cluster apart; the same on all nodes
     * @throws IllegalStateException when it could not be started; the message says why and what to change
     */
    public static SessionStore start(ClusterSettings settings, Route node, String contextName) {
        Trust trust = new Trust(System::currentTimeMillis);
        ClusterWatch watch = new ClusterWatch(trust, settings.quorum());
        BoundedCalls calls = new BoundedCalls(settings.storeTimeout(), watch);
        String mapName = MemberConfig.MAP_PREFIX + contextName;
        String instanceName = "limpet-" + node + "-" + sequence.incrementAndGet();
        try {
            Entries entries = settings.topology() instanceof Topology.Embedded embedded
                    ? MemberEntries.start(
                            member(settings, embedded, node, instanceName), node, mapName, calls, watch, trust)
                    : ServerEntries.connect(
                            client(settings, instanceName), mapName, settings.storeTimeout(), calls, watch);
            // as for a request: without the others' word for it an answer is none
            GuardedEntries guarded =
                    new GuardedEntries(entries, settings.storeTimeout(), System::nanoTime, watch::proof);
            return new HazelcastStore(guarded, trust, watch, announcement(settings, node, contextName, instanceName));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "failover cannot start: " + described(settings) + ": " + e.getMessage()
                            + "; correct it, or set failover=false",
                    e);
        }
    }

    private static Optional<Announcement> announcement(
            ClusterSettings settings, Route node, String contextName, String instanceName) {
        return settings.proxies().url().map(url -> {
            HazelcastInstance hazelcast = settings.topology() instanceof Topology.Embedded
                    ? Hazelcast.getHazelcastInstanceByName(instanceName)
                    : HazelcastClient.getHazelcastClientByName(instanceName);
            return new Announcement(hazelcast, node, contextName, url);
        });
    }

    private static Config member(
            ClusterSettings settings, Topology.Embedded embedded, Route node, String instanceName) {
        Config config = settings.hazelcastConfig()
                .map(location -> ConfigFile.read(location, settings.classLoader()))
                .orElseGet(() -> MemberConfig.of(settings, embedded.bind(), node));
        return MemberConfig.complete(config, settings.quorum(), settings.storeTimeout(), settings.classLoader())
                .setInstanceName(instanceName);
    }

    private static ClientConfig client(ClusterSettings settings, String instanceName) {
        ClientConfig config = settings.hazelcastConfig()
                .map(location -> ConfigFile.readClient(location, settings.classLoader()))
                .orElseGet(() -> ConnectionConfig.of(settings));
        return ConnectionConfig.complete(config, settings.storeTimeout(), settings.classLoader())
                .setInstanceName(instanceName);
    }

    private static String described(ClusterSettings settings) {
        return settings.topology() instanceof Topology.Embedded embedded
                ? "no member of cluster '" + settings.cluster() + "' at " + embedded.bind()
                : "no client of cluster '" + settings.cluster() + "'";
    }

    @Override
    public SaveResult save(String key, Save save) {
        return apply(key, save);
    }

    @Override
    public ClaimResult claim(String id, Claim claim) {
        Answer<ClaimResult> answer = follow(id, claim);
        // as for who only looks: a pointer that leads to a pointer leads nowhere, and keeps nobody from a new session
        ClaimResult result =
                answer instanceof Answer.Elsewhere<ClaimResult> ? new ClaimResult.Missing() : given(id, answer);
        Taken.of(result).ifPresent(entries::tell);
        return result;
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        entries.onTaken(listener);
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
        return given(key, follow(key, change));
    }

    private <R extends Result> Answer<R> follow(String key, Change<R> change) {
        Answer<R> answer = entries.apply(key, change);
        return answer instanceof Answer.Elsewhere<R> elsewhere ? entries.apply(elsewhere.key(), change) : answer;
    }

    private static <R extends Result> R given(String key, Answer<R> answer) {
        if (answer instanceof Answer.Given<R> given) {
            return given.result();
        }
        throw new StoreUnavailableException("session " + shortened(key)
                + " was written by a newer Limpet, or leads in a circle; finish the upgrade of all nodes");
    }

    private @Nullable Entry read(String id) {
        byte @Nullable [] bytes = entries.get(id);
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
        try {
            if (watch.closedBecause().isEmpty()) {
                entries.askAgain();
            }
        } catch (RuntimeException e) { // which would end the ticks
            log.log(Level.DEBUG, "whether the store has recovered cannot be asked now", e);
        }
    }

    private void settle() {
        try {
            watch.settle(entries::settle);
        } catch (RuntimeException e) {
            log.log(Level.DEBUG, "whether all copies are made cannot be told now", e);
        }
    }

    @Override
    public StoreState state() {
        return entries.isFailing() ? StoreState.DEGRADED : watch.state();
    }

    @Override
    public Object keepers(String key) {
        return entries.keepers(key);
    }

    @Override
    public long trustGeneration() {
        return trust.generation();
    }

    @Override
    public long lossGeneration() {
        return watch.losses();
    }

    @Override
    public void close() {
        announcement.ifPresent(Announcement::close);
        ticks.shutdownNow();
        entries.close();
    }

    /** Enough to find it by, too little to use it. */
    private static String shortened(String id) {
        return id.substring(0, Math.min(4, id.length())) + "…";
    }
}
