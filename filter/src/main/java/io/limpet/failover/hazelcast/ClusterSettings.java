package io.limpet.failover.hazelcast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node joins the others. Loads no class of Hazelcast's.
 *
 * @param cluster the cluster's name; members of another name are refused
 * @param members where the other members are; this one may be among them. Empty: it stays alone until another joins it
 * @param bind the one interface to listen on, and the port; with port 0 the first free one from 5701 on
 * @param hazelcastConfig a Hazelcast configuration file (path, {@code file:} or other URL, {@code classpath:}) that
 *     replaces everything above: network, discovery and security are then the operator's
 * @param storeTimeout the longest that a request waits for the store
 * @param classLoader loads Limpet and Hazelcast
 */
public record ClusterSettings(
        String cluster,
        List<MemberAddress> members,
        MemberAddress bind,
        Optional<String> hazelcastConfig,
        Duration storeTimeout,
        ClassLoader classLoader) {

    /** Loopback, the first free port. */
    public static final MemberAddress LOOPBACK = new MemberAddress("127.0.0.1", 0);

    /** As long as a request waits for the store when nothing else is said. */
    public static final Duration STORE_TIMEOUT = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException when the cluster has no name or the time-out is not positive */
    public ClusterSettings {
        members = List.copyOf(members);
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("the cluster needs a name");
        }
        if (storeTimeout.isNegative() || storeTimeout.isZero()) {
            throw new IllegalArgumentException("the store's time-out must be positive: " + storeTimeout);
        }
    }
}
