package io.limpet.proxy;

import io.limpet.proxy.cluster.ClusterClient;
import io.limpet.proxy.config.DiscoverySettings;
import io.limpet.proxy.config.FailoverCluster;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.discovery.Discovery;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.NodeStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All nodes of a proxy: those that its settings list, and those that are found. One that is listed keeps its name and its
 * address, whatever is found.
 *
 * <p>Any thread may call it; whoever is told is told by one at a time.
 */
final class NodeSource {

    /** No name in DNS has a space. */
    private static final String CLUSTER = "the cluster";

    private final Consumer<ProxySettings> told;
    private final Map<String, List<Node>> found = new LinkedHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(NodeSource::thread);
    private ProxySettings listed;
    private Runnable leave = () -> {};

    /**
     * A source that knows what is listed.
     *
     * @param told gets the settings with all nodes in them, whenever these or those have changed
     */
    NodeSource(ProxySettings listed, Consumer<ProxySettings> told) {
        this.listed = listed;
        this.told = told;
    }

    /** Looks for nodes until it is stopped. */
    void start(DiscoverySettings settings, Names names, NodeHealth health, NodeStates states) {
        long millis = settings.interval().toMillis();
        for (String name : settings.names()) {
            Discovery discovery = Discovery.of(name, names, node -> isUp(node, health), now -> foundAt(name, now));
            var unused = looking.scheduleWithFixedDelay(discovery::look, 0, millis, TimeUnit.MILLISECONDS);
        }
        settings.cluster().ifPresent(cluster -> join(cluster, settings, names, health, states));
    }

    /** Only here is a class loaded that knows Hazelcast. */
    private void join(
            FailoverCluster cluster, DiscoverySettings settings, Names names, NodeHealth health, NodeStates states) {
        ClusterClient client = new ClusterClient(cluster, states);
        client.start(
                new Discovery(client, names, node -> isUp(node, health), now -> foundAt(CLUSTER, now)),
                settings.interval());
        leave = client::stop;
    }

    void stop() {
        looking.shutdownNow();
        leave.run();
    }

    /** From now on the settings list these. */
    synchronized void list(ProxySettings settings) {
        listed = settings;
        tell();
    }

    private synchronized void foundAt(String name, List<Node> nodes) {
        found.put(name, nodes);
        tell();
    }

    private void tell() {
        List<Node> all = new ArrayList<>(listed.nodes());
        found.values().stream()
                .flatMap(List::stream)
                .filter(node -> all.stream()
                        .noneMatch(other -> other.route().equals(node.route())
                                || other.uri().equals(node.uri())))
                .forEach(all::add);
        told.accept(listed.withNodes(all));
    }

    /** Whatever is ordered of it: one in maintenance may be down all the same. */
    static boolean isUp(Node node, NodeHealth health) {
        return health.nodes()
                .named(node.route())
                .filter(member -> member.node().uri().equals(node.uri()) && member.state() != NodeState.DOWN)
                .isPresent();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "limpet-discovery");
        thread.setDaemon(true);
        return thread;
    }
}
