package io.limpet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;

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
        return endPoint.getTransport() instanceof SocketChannel channel && isUsedUp(channel);
    }

    static boolean isUsedUp(SocketChannel idle) {
        try {
            return idle.read(ByteBuffer.allocate(1)) != 0;
        } catch (IOException e) {
            return true;
        }
    }
}
