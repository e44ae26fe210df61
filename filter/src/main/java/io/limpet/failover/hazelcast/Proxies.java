package io.limpet.failover.hazelcast;

import java.util.Optional;

/**
 * What the cluster has for proxies, which connect to it as Hazelcast clients. Loads no class of Hazelcast's.
 *
 * @param clientPort where an embedded member takes clients, on the address where it listens for members, or
 *     the first free one of the nine behind it; empty: nowhere
 * @param url what this node announces as its address, {@code http://10.0.0.1:8080}; empty: it announces nothing
 */
public record Proxies(Optional<Integer> clientPort, Optional<String> url) {

    /** No clients, and no announcement. */
    public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty());
}
