package io.limpet.it.cluster;

/**
 * What a node says at {@code /limpet/status}.
 *
 * @param node its route
 * @param state ready or draining
 * @param sessions how many live in it
 * @param inFlight how many requests are inside
 * @param failover off, healthy or degraded
 * @param adopted how many it has taken over from others
 * @param changedWithoutSet how many attributes changed without being set again
 * @param build the filter's version
 */
public record NodeStatus(
        String node,
        String state,
        int sessions,
        int inFlight,
        String failover,
        int adopted,
        int changedWithoutSet,
        String build) {}
