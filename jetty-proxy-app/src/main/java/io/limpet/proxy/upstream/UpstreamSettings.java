package io.limpet.proxy.upstream;

import java.time.Duration;

/**
 * How this proxy deals with nodes.
 *
 * @param connect how long a connection may take to open
 * @param idle how long a node may be silent while it is its turn to speak; there is no limit on the whole
 * @param pooled how long an unused connection is kept; shorter than what nodes keep theirs, so that it is this side that
 *     closes
 * @param connections to one node at a time, pooled ones included; neither probes count nor what has become a tunnel
 * @param queued requests that wait for one of them; one more is refused at once
 * @param queueWait how long each of those waits
 * @param longestHead of a response, in bytes
 */
public record UpstreamSettings(
        Duration connect,
        Duration idle,
        Duration pooled,
        int connections,
        int queued,
        Duration queueWait,
        int longestHead) {

    /** Below the 20 s after which Tomcat, as it is shipped, closes idle connections. */
    private static final Duration POOLED = Duration.ofSeconds(15);

    private static final int CONNECTIONS = 1024;
    private static final int QUEUED = 1024;

    /** These, and for the rest what suits most. */
    public static UpstreamSettings of(Duration connect, Duration idle, int longestHead) {
        return new UpstreamSettings(connect, idle, POOLED, CONNECTIONS, QUEUED, idle, longestHead);
    }

    /** The same with so much for each node. */
    public UpstreamSettings perNode(int most, int mayWait, Duration atMost) {
        return new UpstreamSettings(connect, idle, pooled, most, mayWait, atMost, longestHead);
    }
}
