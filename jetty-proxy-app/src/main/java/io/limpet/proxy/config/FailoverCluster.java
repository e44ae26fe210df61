package io.limpet.proxy.config;

import java.util.List;

/**
 * The cluster in which nodes keep sessions, and say where they are.
 *
 * @param name as the nodes call it
 * @param members where some of its members take clients
 */
public record FailoverCluster(String name, List<ListenAddress> members) {

    /** Keeps its own copy of the list. */
    public FailoverCluster {
        members = List.copyOf(members);
    }
}
