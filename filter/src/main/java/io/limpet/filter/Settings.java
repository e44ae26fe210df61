package io.limpet.filter;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.hazelcast.Members;
import io.limpet.failover.hazelcast.Proxies;
import io.limpet.failover.hazelcast.Topology;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decided, read once at start-up by {@link SettingsReader}.
 *
 * @param node this node's route
 * @param cookie the session cookie's name, where the container does not tell it
 * @param tagging whose responses carry the route
 * @param secrets seal the routes and the status, or there are none
 * @param failover off, or how sessions are replicated
 */
record Settings(Route node, Optional<String> cookie, Tagging tagging, ActiveSecrets secrets, Failover failover) {

    /** Whose responses carry the route. */
    enum Tagging {
        /** All: whatever is in front of the node reads the route and strips it. */
        ALWAYS,
        /** Those to requests that come through Limpet's proxy; a developer who asks the node itself gets none. */
        PROXIED
    }

    /** Whether sessions outlive their node. */
    sealed interface Failover permits Off, Replicated {}

    /** Sessions live and die with their node. */
    record Off() implements Failover {}

    /**
     * Sessions are replicated through a cluster.
     *
     * @param cluster the cluster's name; members with another name are not joined
     * @param members where the members are; nowhere: this node begins a cluster on loopback
     * @param topology whether this node is a member, or a client of servers
     * @param quorum how many members there must be for the store to be used; 0: any number
     * @param hazelcastConfig a file or class path resource that replaces all of Limpet's cluster settings
     * @param sessionClasses patterns of the application's classes that may be stored, as {@code com.acme.shop.**}
     * @param dirty which attributes are compared with what was saved
     * @param onStoreFailure what a request gets whose changes could not be stored in time
     * @param storeTimeout how long a request waits for the store, 10 ms to 60 s
     * @param proxies what the cluster has for proxies
     */
    record Replicated(
            String cluster,
            Members members,
            Topology topology,
            int quorum,
            Optional<String> hazelcastConfig,
            List<String> sessionClasses,
            Dirtiness dirty,
            OnStoreFailure onStoreFailure,
            Duration storeTimeout,
            Proxies proxies)
            implements Failover {}

    /** Where sessions are kept. */
    enum Mode {
        /** In the nodes themselves. */
        EMBEDDED,
        /** In Hazelcast servers of their own. */
        CLIENT
    }

    /** What a request gets whose session changes could not be stored in time. */
    enum OnStoreFailure {
        /** Its answer; the change stays queued and the node reports itself degraded. */
        SERVE,
        /** 503, as long as no byte has left. */
        REJECT
    }
}
