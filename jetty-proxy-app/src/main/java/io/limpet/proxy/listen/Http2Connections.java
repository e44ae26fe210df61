package io.limpet.proxy.listen;

import io.limpet.proxy.config.Http2;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/** Jetty's HTTP/2 (RFC 9113), within the proxy's limits. */
final class Http2Connections {

    /** A node that is silent for as long as a client may be is answered for first. */
    private static final Duration AFTER_THE_NODE = Duration.ofSeconds(5);

    /** How many bytes of a body come before the node takes them. Jetty's own would be half a megabyte. */
    private static final int STREAM_WINDOW = 64 * 1024;

    /** The same for all bodies on a connection: one that waits leaves as much to the others. */
    private static final int CONNECTION_WINDOW = 2 * STREAM_WINDOW;

    private Http2Connections() {}

    /** Over TLS, for clients that choose it by ALPN. */
    static ConnectionFactory overTls(HttpConfiguration http, Http2 limits, Duration idle) {
        return limited(new OverTls(http), limits, idle);
    }

    /** In clear, for clients that begin with its preface. */
    static ConnectionFactory inClear(HttpConfiguration http, Http2 limits, Duration idle) {
        return limited(new PriorKnowledge(http), limits, idle);
    }

    private static ConnectionFactory limited(
            AbstractHTTP2ServerConnectionFactory factory, Http2 limits, Duration idle) {
        factory.setMaxConcurrentStreams(limits.streams());
        factory.setInitialStreamRecvWindow(STREAM_WINDOW);
        factory.setInitialSessionRecvWindow(CONNECTION_WINDOW);
        factory.setFlowControlStrategyFactory(UnreadFrames::new);
        factory.setRateControlFactory(new WindowRateControl.Factory(limits.events()));
        factory.setStreamIdleTimeout(idle.plus(AFTER_THE_NODE).toMillis());
        // browsers open their WebSockets here only when they are told that they may (RFC 8441 §3)
        factory.setConnectProtocolEnabled(true);
        return factory;
    }

    private static Connection watched(Connection connection) {
        if (connection instanceof HTTP2Connection http2) {
            WholeFrames.watch(http2);
        }
        return connection;
    }

    private static final class OverTls extends HTTP2ServerConnectionFactory {

        OverTls(HttpConfiguration http) {
            super(http);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return watched(super.newConnection(connector, endPoint));
        }
    }

    /** Not by {@code Upgrade: h2c}: RFC 9113 §3.1 has given it up, and it makes two readings of one request possible. */
    private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {

        PriorKnowledge(HttpConfiguration http) {
            super(http);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return watched(super.newConnection(connector, endPoint));
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            // the preface, too, reads like a request (RFC 9113 §3.4)
            boolean preface = HttpMethod.PRI.is(request.getMethod()) && request.getHttpVersion() == HttpVersion.HTTP_2;
            return preface ? super.upgradeConnection(connector, endPoint, request, response) : null;
        }
    }
}
