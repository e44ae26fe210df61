package io.limpet.proxy.config;

import java.time.Duration;

/**
 * How much the proxy takes.
 *
 * @param head the longest head, in bytes: of a request, which is answered 431 beyond it, and of a node's response, which
 *     is a 502
 * @param fields the most field lines in a request's head; more are answered 431
 * @param connections the most connections of clients; more wait to be accepted, and idle ones are closed for them
 * @param requests how many requests a connection may bring; the last one's answer ends it
 * @param headTime how long a client may take for a head, from its first byte on, before it is cut off
 * @param bodies what of bodies
 * @param perNode what one node gets
 */
public record Limits(
        int head, int fields, int connections, int requests, Duration headTime, Bodies bodies, PerNode perNode) {}
