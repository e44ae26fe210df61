package io.limpet.it.cluster;

import java.util.List;

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
 * @param upSeconds for how long it has been there
 * @param build the filter's version
 * @param applications all applications with the filter on the node
 */
public record NodeStatus(
        String node,
        String state,
        int sessions,
        int inFlight,
        String failover,
        int adopted,
        int changedWithoutSet,
        long upSeconds,
        String build,
        List<Application> applications) {

    /**
     * One of them.
     *
     * @param context its context path
     * @param failover off, healthy or degraded
     * @param sessions how many live on the node
     * @param seq the number of that count
     * @param inFlight how many requests are inside
     */
    public record Application(String context, String failover, int sessions, long seq, int inFlight) {}
}
