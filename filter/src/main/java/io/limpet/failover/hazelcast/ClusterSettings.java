package io.limpet.failover.hazelcast;

import java.time.Duration;
import java.util.Optional;

/**
 * How a node reaches the cluster. Loads no class of Hazelcast's.
 *
 * @param cluster the cluster's name; members of another name are refused
 * @param members where the members are; an embedded one may be among them itself
 * @param topology whether this node is a member or a client of them
 * @param quorum how many members there must be for the store to be used at all, so that of two halves of a cluster at
 *     most one goes on; 0: any number
 * @param hazelcastConfig a Hazelcast configuration file (path, {@code file:} or other URL, {@code classpath:}) that
 *     replaces everything above but the topology: network, discovery and security are then the operator's
 * @param storeTimeout the longest that a request waits for the store
 * @param classLoader loads Limpet and Hazelcast
 * @param proxies what the cluster has for proxies
 */
public record ClusterSettings(
        String cluster,
        Members members,
        Topology topology,
        int quorum,
        Optional<String> hazelcastConfig,
        Duration storeTimeout,
        ClassLoader classLoader,
        Proxies proxies) {

    /** Loopback, the first free port. */
    public static final MemberAddress LOOPBACK = new MemberAddress("127.0.0.1", 0);

    /** A server reports success without the backup after five seconds; before that a client has to have given up. */
    private static final Duration LONGEST_OF_A_CLIENT = Duration.ofSeconds(4);

    /** A cluster with nothing for proxies. */
    public ClusterSettings(
            String cluster,
            Members members,
            Topology topology,
            int quorum,
            Optional<String> hazelcastConfig,
            Duration storeTimeout,
            ClassLoader classLoader) {
        this(cluster, members, topology, quorum, hazelcastConfig, storeTimeout, classLoader, Proxies.NONE);
    }

    /** The same cluster with this for proxies. */
    public ClusterSettings with(Proxies others) {
        return new ClusterSettings(
                cluster, members, topology, quorum, hazelcastConfig, storeTimeout, classLoader, others);
    }

    /** @throws IllegalArgumentException when the cluster has no name, or the time-out or the quorum is out of range */
    public ClusterSettings {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("the cluster needs a name");
        }
        if (storeTimeout.isNegative() || storeTimeout.isZero()) {
            throw new IllegalArgumentException("the store's time-out must be positive: " + storeTimeout);
        }
        if (topology instanceof Topology.Client && storeTimeout.compareTo(LONGEST_OF_A_CLIENT) > 0) {
            throw new IllegalArgumentException("mode=client: a store-timeout of " + storeTimeout.toSeconds()
                    + "s outlasts the servers' wait for a backup; write 4s or less");
        }
        if (quorum < 0 || quorum == 1) {
            throw new IllegalArgumentException("a quorum of " + quorum + " protects nothing; write 2 or more, or 0");
        }
    }
}
