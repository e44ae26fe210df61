package io.limpet.proxy.config;

/**
 * How clients reach the proxy; a servlet in another server has no use for it but for {@code trustedProxies}.
 *
 * @param tls over TLS or not
 * @param http2 with HTTP/2 or not
 * @param proxyProtocol whether connections begin with a PROXY header, version 1 or 2, that tells the client's address
 * @param trustedProxies whose word about a client is taken
 * @param lane which way requests of HTTP/1.1 take
 */
public record Inbound(Tls tls, Http2 http2, boolean proxyProtocol, TrustedProxies trustedProxies, Lane lane) {}
