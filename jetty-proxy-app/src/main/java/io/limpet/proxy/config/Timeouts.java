package io.limpet.proxy.config;

import java.time.Duration;

/**
 * How long the proxy waits.
 *
 * @param connect for a connection to a node
 * @param idle for the next byte, from the node while it answers and from the client. There is no limit on the whole:
 *     downloads and event streams may last
 * @param tunnel for the next byte in either direction after a switch of protocols, as of a WebSocket
 */
public record Timeouts(Duration connect, Duration idle, Duration tunnel) {}
