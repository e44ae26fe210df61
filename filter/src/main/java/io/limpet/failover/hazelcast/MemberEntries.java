package io.limpet.failover.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.AnswerFormat;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import io.limpet.failover.protocol.Trust;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a cluster of which this node is a member: one synchronous backup, changed by entry processors only. Never
 * call a method of the map that waits by itself.
 */
final class MemberEntries implements Entries {

    private static final Logger log = System.getLogger(MemberEntries.class.getName());

    private final HazelcastInstance hazelcast;
    private final IMap<String, byte[]> map;
    private final BoundedCalls calls;
    private final Sending sending;
    private final Keepers keepers;
    private final Probes probes;
    private final TakenTopic topic;
    /** Hazelcast leaves its engine with the thread that asks for such things; one of the container's would keep it for ever. */
    private final ExecutorService topicThread =
            new ThreadPoolExecutor(0, 1, 100, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "limpet-topic");
                thread.setDaemon(true);
                return thread;
            });

    private MemberEntries(HazelcastInstance hazelcast, String mapName, BoundedCalls calls) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(mapName);
        this.calls = calls;
        this.probes = new Probes(hazelcast);
        this.keepers = Keepers.of(hazelcast, map);
        this.sending = Sending.through(hazelcast, map, calls);
        this.topic = new TakenTopic(hazelcast, mapName);
        CompletableFuture.runAsync(topic::listen, topicThread).join();
    }

    /**
     * Starts a member and joins the others, or begins a cluster when there are none yet.
     *
     * @throws RuntimeException when no member could be started
     */
    static Entries start(
            Config config, Route node, String mapName, BoundedCalls calls, ClusterWatch watch, Trust trust) {
        config.addListenerConfig(new ListenerConfig(watch));
        config.addListenerConfig(new ListenerConfig(new SameMarks(node)));
        HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(config);
        int members = hazelcast.getCluster().getMembers().size();
        watch.joined(members);
        watch.unsettled();
        watch.belong(new Membership(hazelcast, trust));
        log.log(
                Level.INFO,
                "node {0} is member {1} of cluster {2}, {3} in all",
                node,
                hazelcast.getCluster().getLocalMember().getAddress(),
                config.getClusterName(),
                members);
        return new MemberEntries(hazelcast, mapName, calls);
    }

    @Override
    public <R extends Result> Answer<R> apply(String key, Change<R> change) {
        byte[] answer = sending.send(key, new ChangeProcessor(change));
        try {
            return AnswerFormat.decode(answer, change.resultType());
        } catch (CorruptEntryException e) {
            throw new StoreUnavailableException("an answer that this node cannot read: " + e.getMessage(), e);
        }
    }

    @Override
    public byte @Nullable [] get(String key) {
        return calls.await(() -> map.getAsync(key));
    }

    @Override
    public void tell(Taken taken) {
        try {
            topicThread.execute(() -> topic.tell(taken));
        } catch (RejectedExecutionException e) {
            log.log(Level.DEBUG, "this node is stopping; the former owner of a session is not told", e);
        }
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        topic.add(listener);
    }

    @Override
    public Object keepers(String key) {
        return keepers.of(key);
    }

    @Override
    public Object fate(String key) {
        Object known = keepers.of(key);
        return known instanceof Keepers.Pair ? known : Keepers.partition(hazelcast, key);
    }

    @Override
    public CompletionStage<?> probe(String key, int bytes) {
        return probes.write(map, key, bytes);
    }

    @Override
    public boolean settle() {
        return hazelcast.getPartitionService().isClusterSafe();
    }

    /**
     * Hands over what this member holds before it leaves, so that nodes may stop one after another and lose nothing;
     * after ten seconds it leaves anyway.
     */
    @Override
    public void close() {
        topicThread.shutdown();
        try {
            if (!topicThread.awaitTermination(2, TimeUnit.SECONDS)) {
                log.log(Level.DEBUG, "former owners of sessions are still being told");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String name = hazelcast.getName();
        hazelcast.shutdown();
        awaitThreads("hz." + name + ".");
    }

    /** Its pools end a moment after it says that it has; a container that looks meanwhile takes them for leaks. */
    private static void awaitThreads(String prefix) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        try {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (thread.getName().startsWith(prefix) && left > 0) {
                    thread.join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
