package io.limpet.proxy.metrics;

import java.util.List;

/**
 * What went through a node in the last seconds.
 *
 * @param perSecond requests a second, of the last ten
 * @param errorsPerSecond of these, those answered 5xx
 * @param p99 of the last ten seconds, in milliseconds; 0 when there was no request
 * @param takeovers requests that it has served for other nodes, since the proxy's start
 * @param rebalances requests that brought it sessions of nodes that had more, since the proxy's start
 * @param retries attempts beyond a request's first that it had the last of, since the proxy's start
 * @param history its states, one a second, of two minutes, the oldest first
 */
public record Traffic(
        double perSecond,
        double errorsPerSecond,
        double p99,
        long takeovers,
        long rebalances,
        long retries,
        List<String> history) {

    /** Nothing was seen yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, List.of());
}
