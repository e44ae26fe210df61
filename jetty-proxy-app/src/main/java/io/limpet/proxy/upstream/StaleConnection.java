package io.limpet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Looks whether a node has closed a pooled connection, at the moment of its use. The selector hears of it too, but a
 * little later, and a POST that is sent in between cannot be repeated.
 */
final class StaleConnection {

    private StaleConnection() {}

    /**
     * Whether the connection is of no more use: closed, or the node has said something unasked, as some do before they
     * close. Costs one system call; what is read of an idle connection is lost to nobody.
     */
    static boolean is(EndPoint endPoint) {
        if (endPoint instanceof SslConnection.SslEndPoint secure) {
            return hasEnded(secure) || is(secure.unwrap());
        }
        return endPoint.getTransport() instanceof SocketChannel channel && isUsedUp(channel);
    }

    /**
     * What TLS has read already, behind the last response: a close_notify may have come with it. TLS reads nothing more
     * while it waits for bytes, so the socket is looked at as well: whatever comes there now, be it a ticket, ends the
     * connection.
     */
    private static boolean hasEnded(SslConnection.SslEndPoint secure) {
        try {
            return secure.fill(BufferUtil.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }

    static boolean isUsedUp(SocketChannel idle) {
        try {
            return idle.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }
}
