package io.limpet.proxy.config;

/**
 * How much the proxy takes.
 *
 * @param head the longest head, in bytes: of a request, which is answered 431 beyond it, and of a node's response, which
 *     is a 502
 */
public record Limits(int head) {}
