package io.limpet.proxy.config;

import java.time.Duration;

/**
 * How much one node gets at a time. What is more than that waits, and never goes to another node instead: its session is
 * where it is.
 *
 * @param connections the most connections, unused ones included; neither probes count nor what has become a tunnel
 * @param queued the most requests that wait for one of them; more are answered 503
 * @param queueTime how long each of those waits before it is answered 503
 */
public record PerNode(int connections, int queued, Duration queueTime) {}
