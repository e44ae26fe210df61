package io.limpet.proxy.listen;

import io.limpet.proxy.config.TrustedProxies;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/**
 * The PROXY protocol, version 1 and 2, at the beginning of connections.
 *
 * <p>With trusted proxies it is read from these and from nobody else: another client's header is no HTTP. Whoever has to
 * send one and does not is cut off; to guess whether there is one would let anybody choose its address.
 */
final class ProxyHeaders extends DetectorConnectionFactory {

    private final ConnectionFactory next;
    private final TrustedProxies trusted;

    /** @param trusted nobody: everybody sends the header */
    ProxyHeaders(ConnectionFactory next, TrustedProxies trusted) {
        super(new WithoutNames(next.getProtocol()));
        this.next = next;
        this.trusted = trusted;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return isExpectedFrom(endPoint)
                ? super.newConnection(connector, endPoint)
                : next.newConnection(connector, endPoint);
    }

    private boolean isExpectedFrom(EndPoint endPoint) {
        return trusted.isEmpty()
                || (endPoint.getRemoteSocketAddress() instanceof InetSocketAddress peer
                        && trusted.include(peer.getAddress()));
    }

    @Override
    protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer unrecognized) {
        endPoint.close();
    }

    /** Jetty asks the DNS for a name in version 1: whoever sends the header would decide what is asked. */
    private static final class WithoutNames extends ProxyConnectionFactory {

        WithoutNames(String next) {
            super(next);
        }

        @Override
        public Detection detect(ByteBuffer buffer) {
            Detection detection = super.detect(buffer);
            return detection == Detection.RECOGNIZED && buffer.get(buffer.position()) == 'P'
                    ? ProxyLine.detect(buffer)
                    : detection;
        }
    }
}
