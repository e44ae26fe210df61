package io.limpet.proxy;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes whose members of the failover cluster are the filter's own, and which announce themselves there. */
final class AnnouncedNodes implements AutoCloseable {

    private final String name = "announced-" + UUID.randomUUID();
    private final List<MemberAddress> members;
    private final List<Integer> clientPorts;
    private final Map<String, SessionStore> stores = new LinkedHashMap<>();

    /** A cluster of so many members at most, none of which is started. */
    AnnouncedNodes(int size) {
        List<Integer> ports = freePorts(2 * size);
        members = ports.subList(0, size).stream()
                .map(port -> new MemberAddress("127.0.0.1", port))
                .toList();
        clientPorts = ports.subList(size, 2 * size);
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The member of this node joins. */
    void join(int position, SocketNode node) {
        stores.put(
                node.node().toString(),
                HazelcastStore.start(
                        new ClusterSettings(
                                name,
                                new Members.Listed(members),
                                new Topology.Embedded(members.get(position)),
                                0,
                                Optional.empty(),
                                Duration.ofSeconds(1),
                                AnnouncedNodes.class.getClassLoader(),
                                new Proxies(
                                        Optional.of(clientPorts.get(position)),
                                        Optional.of(node.node().uri().toString()))),
                        node.node().route(),
                        "/shop"));
    }

    /** The node is stopped in order: its application first, and so its member, then its server. */
    void leave(SocketNode node) {
        SessionStore store = stores.remove(node.node().toString());
        if (store != null) {
            store.close();
        }
        node.close();
    }

    /** All members are gone at once. */
    void die() {
        Hazelcast.getAllHazelcastInstances().stream()
                .filter(member -> member.getConfig().getClusterName().equals(name))
                .map(HazelcastInstance::getLifecycleService)
                .toList()
                .forEach(member -> member.terminate());
    }

    /** How a proxy finds them. */
    GivenSettings found() {
        return new GivenSettings()
                .add(Setting.DISCOVERY_CLUSTER, name, "")
                .add(
                        Setting.DISCOVERY_HAZELCAST,
                        IntStream.range(0, clientPorts.size())
                                .mapToObj(i -> "127.0.0.1:" + clientPorts.get(i))
                                .collect(Collectors.joining(",")),
                        "")
                .add(Setting.DISCOVERY_INTERVAL, "100ms", "")
                .add(Setting.HEALTH_INTERVAL, "200ms", "");
    }

    @Override
    public void close() {
        stores.values().forEach(SessionStore::close);
    }
}
