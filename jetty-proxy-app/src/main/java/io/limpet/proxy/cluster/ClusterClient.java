package io.limpet.proxy.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import io.limpet.proxy.config.FailoverCluster;
import io.limpet.proxy.discovery.Discovery;
import io.limpet.proxy.discovery.Lookup;
import io.limpet.proxy.node.NodeStates;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This proxy as a client of the failover cluster: it looks there for the nodes that announce themselves, and shares orders
 * with other proxies. It connects in the background, for as long as it takes; without the cluster all stays as it was.
 *
 * <p>Hazelcast is loaded by its first look, on a thread of its own. Started and stopped by one thread.
 */
public final class ClusterClient implements Lookup {

    /** Where nodes announce themselves: from the node's name and context path to its address. */
    private static final String NODES = "limpet.nodes";

    private static final Pattern ADDRESS =
            Pattern.compile("https?://(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[1-9]\\d{0,4}");

    private static final long FAREWELL_MILLIS = 1_000;
    private static final long FIRST_CONNECTION_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterClient.class);
    private static final Duration ORDERS = Duration.ofSeconds(2);

    /** As long as an announcement holds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final FailoverCluster cluster;
    private final ClusterOrders orders;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, ClusterClient::thread);
    private final CountDownLatch connected = new CountDownLatch(1);
    private @Nullable HazelcastInstance client;
    private boolean stopped;

    /** A client that is not connected. */
    public ClusterClient(FailoverCluster cluster, NodeStates states) {
        this.cluster = cluster;
        this.orders = new ClusterOrders(this::client, states, threads);
        states.watchedBy(orders);
    }

    /**
     * Looks for nodes, and shares orders, until it is stopped. Returns once it has been told the orders, so that they hold
     * from before the first request, or when that takes longer than a second.
     */
    public void start(Discovery nodes, Duration interval) {
        try {
            CompletableFuture.runAsync(this::firstOrders, threads).get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("the cluster's orders are not known yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var unused = threads.scheduleWithFixedDelay(orders::exchange, 0, ORDERS.toMillis(), TimeUnit.MILLISECONDS);
        var unusedToo = threads.scheduleWithFixedDelay(nodes::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void firstOrders() {
        try {
            awaitFirstConnection();
            orders.exchange();
        } catch (InterruptedIOException e) {
            LOG.debug("this proxy stops", e);
        }
    }

    /** Leaves the cluster; a look that is under way has a second to end, for Hazelcast complains of interrupted calls. */
    public void stop() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        HazelcastInstance leaving;
        synchronized (this) {
            stopped = true;
            leaving = client;
        }
        if (leaving != null) {
            leaving.shutdown();
        }
    }

    @Override
    public List<URI> addresses() throws InterruptedIOException {
        awaitFirstConnection();
        return client().<String, String>getMap(NODES).values().stream()
                .flatMap(ClusterClient::address)
                .distinct()
                .toList();
    }

    /** The cluster may have lost an announcement with its members, and not the node. One that has left is down by then. */
    @Override
    public Duration patience() {
        return PATIENCE;
    }

    /** It connects in the background, and a first look that comes too early would be called a failure. */
    private void awaitFirstConnection() throws InterruptedIOException {
        var begun = client();
        try {
            if (!connected.await(FIRST_CONNECTION_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("{} has not connected yet", begun);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("this proxy stops");
        }
    }

    /** What is no address of a node is passed over: it may be a later version's. */
    private static Stream<URI> address(String url) {
        return ADDRESS.matcher(url).matches() ? Stream.of(URI.create(url)) : Stream.of();
    }

    private synchronized HazelcastInstance client() {
        if (stopped) {
            throw new IllegalStateException("this proxy stops");
        }
        if (client == null) {
            client = HazelcastClient.newHazelcastClient(config());
        }
        return client;
    }

    private ClientConfig config() {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster.name());
        config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
        cluster.members().forEach(member -> config.getNetworkConfig().addAddress(member.toString()));
        config.getNetworkConfig().setConnectionTimeout(2_000);
        config.getConnectionStrategyConfig().setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setInitialBackoffMillis(100)
                .setMaxBackoffMillis(2_000)
                .setMultiplier(1.5)
                .setClusterConnectTimeoutMillis(-1); // for ever; a client that gave up would never come back
        config.setProperty("hazelcast.client.heartbeat.interval", "1000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "10000");
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "5");
        config.setProperty("hazelcast.client.statistics.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.getMetricsConfig().setEnabled(false);
        config.addListenerConfig(new ListenerConfig((LifecycleListener) event -> {
            if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
                connected.countDown();
            }
        }));
        ClassFilter exceptions = new ClassFilter();
        exceptions.addPrefixes("com.hazelcast.", "java.lang.", "java.util.", "[");
        config.getSerializationConfig()
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                        .setDefaultsDisabled(true)
                        .setWhitelist(exceptions));
        return config;
    }

    @Override
    public String toString() {
        return "cluster " + cluster.name();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "limpet-cluster");
        thread.setDaemon(true);
        return thread;
    }
}
