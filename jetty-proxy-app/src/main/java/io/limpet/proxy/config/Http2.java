package io.limpet.proxy.config;

/**
 * Whether clients may speak HTTP/2, and how much of it.
 *
 * @param offered over TLS by ALPN, and in clear with prior knowledge (RFC 9113 §3.3)
 * @param streams of one connection at a time; a further one is refused (REFUSED_STREAM)
 * @param events frames in a second that cost more than they bring: resets, settings, pings, priorities, continuations,
 *     empty and unknown ones; beyond it the connection ends (ENHANCE_YOUR_CALM)
 */
public record Http2(boolean offered, int streams, int events) {}
