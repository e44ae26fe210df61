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
 * @param bodyRate how many bytes of a body a client has to send in a second, on average, while the proxy waits for them;
 *     slower ones are answered 408, not before {@code headTime}; 0 takes any
 */
public record Limits(int head, int fields, int connections, int requests, Duration headTime, int bodyRate) {}
