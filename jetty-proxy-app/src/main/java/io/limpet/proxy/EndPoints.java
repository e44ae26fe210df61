package io.limpet.proxy;

import io.limpet.proxy.machine.SocketPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.jspecify.annotations.Nullable;

/** Finds its way through what TLS and the PROXY protocol put between a connection and its socket. */
final class EndPoints {

    private EndPoints() {}

    /** Where the bytes of this connection's protocol come from; empty when it is nothing that is known. */
    static Optional<AbstractEndPoint> of(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        // TLS's own is no wrapper in this sense: beneath it are other bytes
        while (!(endPoint instanceof AbstractEndPoint) && endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint instanceof AbstractEndPoint found ? Optional.of(found) : Optional.empty();
    }

    /** The ends of the TCP connection beneath it, whatever a PROXY header says; empty when there is none. */
    static Optional<SocketPair> socket(Connection connection) {
        EndPoint endPoint = connection.getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint.getLocalSocketAddress() instanceof InetSocketAddress local
                        && endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? Optional.of(new SocketPair(local, remote))
                : Optional.empty();
    }

    /** When the connection is closed its other end hears of a reset, and not of an end in order. */
    static void resetWhenClosed(Connection connection) throws IOException {
        EndPoint endPoint = connection.getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        if (endPoint.getTransport() instanceof SocketChannel socket) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    /** The connection that speaks HTTP on this socket. */
    static @Nullable Connection inside(EndPoint socket) {
        Connection connection = socket.getConnection();
        return connection instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : connection;
    }
}
