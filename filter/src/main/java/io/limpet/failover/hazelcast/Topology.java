package io.limpet.failover.hazelcast;

/** Where sessions are kept. Loads no class of Hazelcast's. */
public sealed interface Topology {

    /**
     * In the nodes themselves: each is a member of the cluster.
     *
     * @param bind the one interface to listen on, and the port; with port 0 the first free one from 5701 on
     */
    record Embedded(MemberAddress bind) implements Topology {}

    /** In Hazelcast servers of their own, of which the nodes are clients; nothing of Limpet's is installed there. */
    record Client() implements Topology {}
}
