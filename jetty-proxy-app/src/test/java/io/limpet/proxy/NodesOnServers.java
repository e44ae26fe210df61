package io.limpet.proxy;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.limpet.failover.hazelcast.ClusterSettings;
import io.limpet.failover.hazelcast.HazelcastStore;
import io.limpet.failover.hazelcast.MemberAddress;
import io.limpet.failover.hazelcast.Members;
import io.limpet.failover.hazelcast.Proxies;
import io.limpet.failover.hazelcast.Topology;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Nodes with {@code mode=client}, which announce themselves on a Hazelcast server that has nothing of Limpet's. */
final class NodesOnServers implements AutoCloseable {

    private final String name = "servers-" + UUID.randomUUID();
    private final HazelcastInstance server = Hazelcast.newHazelcastInstance(config(name));
    private final MemberAddress address = new MemberAddress(
            "127.0.0.1", ((InetSocketAddress) server.getLocalEndpoint().getSocketAddress()).getPort());
    private final Map<String, SessionStore> stores = new LinkedHashMap<>();

    private static Config config(String name) {
        Config config = new Config()
                .setClusterName(name)
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        return config;
    }

    /** The filter of this node starts. */
    void join(SocketNode node) {
        ClusterSettings settings = new ClusterSettings(
                name,
                new Members.Listed(List.of(address)),
                new Topology.Client(),
                0,
                Optional.empty(),
                Duration.ofSeconds(1),
                NodesOnServers.class.getClassLoader(),
                new Proxies(Optional.empty(), Optional.of(node.node().uri().toString())));
        stores.put(
                node.node().toString(),
                HazelcastStore.start(settings, node.node().route(), "/shop"));
    }

    /** The node is stopped in order. */
    void leave(SocketNode node) {
        SessionStore store = stores.remove(node.node().toString());
        if (store != null) {
            store.close();
        }
        node.close();
    }

    /** How a proxy finds them. */
    GivenSettings found() {
        return new GivenSettings()
                .add(Setting.DISCOVERY_CLUSTER, name, "")
                .add(Setting.DISCOVERY_HAZELCAST, address.toString(), "")
                .add(Setting.DISCOVERY_INTERVAL, "100ms", "")
                .add(Setting.HEALTH_INTERVAL, "200ms", "");
    }

    @Override
    public void close() {
        stores.values().forEach(SessionStore::close);
        server.getLifecycleService().terminate();
    }
}
