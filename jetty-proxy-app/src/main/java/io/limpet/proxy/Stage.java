package io.limpet.proxy;

import io.limpet.proxy.relay.RelayConnection;
import io.limpet.proxy.upstream.UpgradeTunnel;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;

/** How far a client's connection has come. */
enum Stage {
    /** Before any HTTP: a PROXY header, a handshake of TLS. */
    GREETING,
    /** No request is under way. */
    UNUSED,
    /** A request is, or a tunnel. */
    USED;

    /** JSSE's word for a session before its handshake is over. */
    private static final String NO_PROTOCOL = "NONE";

    /** As of a moment ago: its connection's threads go on. */
    static Stage of(EndPoint socket) {
        if (socket.getConnection() instanceof SslConnection tls && isInHandshake(tls)) {
            return GREETING;
        }
        Connection inside = EndPoints.inside(socket);
        if (inside instanceof HttpConnection http) {
            return http.getParser().isStart() ? UNUSED : USED;
        }
        if (inside instanceof HTTP2Connection http2) {
            return http2.getSession().getStreamCount() == 0 ? UNUSED : USED;
        }
        if (inside instanceof RelayConnection relay) {
            return relay.isUsed() ? USED : UNUSED;
        }
        return UpgradeTunnel.isOn(inside) ? USED : GREETING;
    }

    private static boolean isInHandshake(SslConnection tls) {
        return tls.getSSLEngine().getSession().getProtocol().equals(NO_PROTOCOL);
    }
}
