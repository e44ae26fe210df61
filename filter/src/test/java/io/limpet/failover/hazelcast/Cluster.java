package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.route.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;

/** Real members in this process, on free ports of the loopback interface, in a cluster of their own. */
final class Cluster implements AutoCloseable {

    static final Duration STORE_TIMEOUT = Duration.ofSeconds(1);

    private static final String CONTEXT = "/shop";

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("com.hazelcast");

    static {
        QUIET.setLevel(Level.WARNING);
    }

    private final String name = "test-" + UUID.randomUUID();
    private final int quorum;
    private final List<MemberAddress> addresses;
    private final Map<Route, SessionStore> stores = new LinkedHashMap<>();
    private final Map<Route, HazelcastInstance> instances = new LinkedHashMap<>();

    Cluster(int size) {
        this(size, 0);
    }

    Cluster(int size, int quorum) {
        this.quorum = quorum;
        addresses = freeAddresses(size);
    }

    /** Starts the member at this position as node n1, n2, ... that knows all others. */
    SessionStore start(int position) {
        return start(position, addresses);
    }

    /** Starts a member that knows only these. */
    SessionStore start(int position, List<MemberAddress> known) {
        return start(position, new Members.Listed(known));
    }

    SessionStore start(int position, Members members) {
        Route node = node(position);
        SessionStore store = HazelcastStore.start(settings(position, members), node, CONTEXT);
        HazelcastInstance instance = Hazelcast.getAllHazelcastInstances().stream()
                .filter(candidate -> candidate.getName().startsWith("limpet-" + node + "-"))
                .filter(candidate -> candidate.getConfig().getClusterName().equals(name))
                .findFirst()
                .orElseThrow();
        stores.put(node, store);
        instances.put(node, instance);
        return store;
    }

    /** Starts all and waits until each knows all. */
    Cluster startAll() {
        for (int i = 0; i < addresses.size(); i++) {
            start(i);
        }
        awaitSize(addresses.size());
        return this;
    }

    void awaitSize(int size) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> instances.values().stream()
                        .filter(instance -> instance.getLifecycleService().isRunning())
                        .allMatch(instance -> instance.getCluster().getMembers().size() == size));
    }

    /** Every entry has its backup where it belongs. */
    void awaitBackups() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> instances.values().stream()
                        .filter(instance -> instance.getLifecycleService().isRunning())
                        .allMatch(instance -> instance.getPartitionService().isClusterSafe()));
    }

    ClusterSettings settings(int position, Members members) {
        return new ClusterSettings(
                name,
                members,
                new Topology.Embedded(addresses.get(position)),
                quorum,
                Optional.empty(),
                STORE_TIMEOUT,
                Cluster.class.getClassLoader());
    }

    static Route node(int position) {
        return new Route("n" + (position + 1));
    }

    String name() {
        return name;
    }

    MemberAddress address(int position) {
        return addresses.get(position);
    }

    SessionStore store(int position) {
        return Objects.requireNonNull(stores.get(node(position)));
    }

    HazelcastInstance instance(int position) {
        return Objects.requireNonNull(instances.get(node(position)));
    }

    IMap<String, byte[]> map(int position) {
        return instance(position).getMap(MemberConfig.MAP_PREFIX + CONTEXT);
    }

    /** As when the network breaks: this one and the others take each other for dead, and look for each other again. */
    void cutOff(int position) {
        for (int i = 0; i < addresses.size(); i++) {
            if (i != position) {
                suspect(position, i);
                suspect(i, position);
            }
        }
    }

    /** As after a sleep: the others have given this one up, and it has not heard of it yet. */
    void giveUp(int position) {
        for (int i = 0; i < addresses.size(); i++) {
            if (i != position) {
                suspect(i, position);
            }
        }
    }

    private void suspect(int from, int to) {
        Node node = ((HazelcastInstanceProxy) instance(from)).getOriginal().node;
        Member other = instance(to).getCluster().getLocalMember();
        Member known = node.getClusterService().getMember(other.getUuid());
        if (known != null) {
            node.getClusterService().suspectMember(known, "cut off", true);
        }
    }

    /** As a killed process: no hand-over, no farewell. */
    void kill(int position) {
        instance(position).getLifecycleService().terminate();
    }

    @Override
    public void close() {
        instances.values().forEach(instance -> instance.getLifecycleService().terminate());
        stores.values().forEach(SessionStore::close);
    }

    static List<MemberAddress> freeAddresses(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream()
                    .map(socket -> new MemberAddress("127.0.0.1", socket.getLocalPort()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(Cluster::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
