package io.limpet.failover.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries on Hazelcast servers of their own, where nothing of ours is installed. The client's calls that write know no
 * time-out, so they are made by threads of this class and not by those of requests; a hung member holds them until its
 * heartbeats are missed.
 */
final class ServerEntries implements Entries {

    private static final Logger log = System.getLogger(ServerEntries.class.getName());

    /** As many changes may be under way at once; a request that finds them all taken is told so at once. */
    private static final int THREADS = 128;

    private final HazelcastInstance client;
    private final ServerMap map;
    private final Probes probes;
    private final CompareAndSet changes;
    private final TakenTopic topic;
    private final BoundedCalls calls;
    private final ClusterWatch watch;
    private final ExecutorService workers;
    private List<String> said = List.of();
    private boolean listening;

    private ServerEntries(
            HazelcastInstance client, String mapName, Duration timeout, BoundedCalls calls, ClusterWatch watch) {
        this.client = client;
        this.map = new ServerMap(client, mapName, timeout);
        this.probes = new Probes(client);
        this.changes = new CompareAndSet(map);
        this.topic = new TakenTopic(client, mapName);
        this.calls = calls;
        this.watch = watch;
        this.workers = new ThreadPoolExecutor(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "limpet-store-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts a client, which connects in the background for as long as it takes. */
    static Entries connect(
            ClientConfig config, String mapName, Duration timeout, BoundedCalls calls, ClusterWatch watch) {
        watch.disconnected();
        config.addListenerConfig(new ListenerConfig(watch));
        return new ServerEntries(HazelcastClient.newHazelcastClient(config), mapName, timeout, calls, watch);
    }

    @Override
    public <R extends Result> Answer<R> apply(String key, Change<R> change) {
        return calls.await(() -> {
            CompletableFuture<Answer<R>> answer = new CompletableFuture<>();
            work(answer, () -> {
                CompareAndSet.Applied<R> applied = changes.apply(key, change);
                answer.complete(applied.answer());
                changes.arm(key, applied); // nobody waits for it
            });
            return answer;
        });
    }

    private void work(CompletableFuture<?> answer, Runnable work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    if (!answer.completeExceptionally(e)) {
                        log.log(Level.DEBUG, "an entry keeps the map''s own time to live", e);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new StoreUnavailableException(
                    THREADS + " calls are under way already; see whether a member hangs", e));
        }
    }

    @Override
    public byte @Nullable [] get(String key) {
        return calls.await(() -> map.map().getAsync(key));
    }

    @Override
    public void tell(Taken taken) {
        work(new CompletableFuture<>(), () -> topic.tell(taken)); // the first time it asks the members for the topic
    }

    @Override
    public void onTaken(Consumer<Taken> listener) {
        topic.add(listener);
    }

    @Override
    public Object keepers(String key) {
        return watch.isConnected() ? Keepers.owner(client, key) : Keepers.NOBODY;
    }

    /** A hung backup holds up some of an owner's entries, and a client is not told which. */
    @Override
    public Object fate(String key) {
        return watch.isConnected() ? Keepers.partition(client, key) : Keepers.NOBODY;
    }

    @Override
    public CompletionStage<?> probe(String key, int bytes) {
        return probes.write(map.map(), key, bytes);
    }

    /** Whether the copies are made a client cannot know. */
    @Override
    public boolean settle() {
        if (!watch.isConnected()) {
            return false;
        }
        List<String> warnings = map.declare();
        warnings.stream()
                .filter(warning -> !said.contains(warning))
                .forEach(warning -> log.log(Level.WARNING, "mode=client: {0}", warning));
        said = warnings;
        if (!listening) {
            topic.listen(); // once: the client itself takes it up again after each reconnection
            listening = true;
        }
        watch.joined(client.getCluster().getMembers().size());
        return true;
    }

    @Override
    public void close() {
        workers.shutdown();
        client.shutdown();
    }
}
