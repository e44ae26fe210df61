package io.limpet.proxy;

import io.limpet.proxy.upstream.UpgradeTunnel;
import org.eclipse.jetty.server.HttpStream;

/**
 * The moment in which the server is done with a request that becomes a tunnel. A client that has left behind its answer
 * is no tunnel's end, and the server does not say so: the node would keep the other end.
 */
final class TunnelStart extends HttpStream.Wrapper {

    private final UpgradeTunnel tunnel;

    TunnelStart(HttpStream stream, UpgradeTunnel tunnel) {
        super(stream);
        this.tunnel = tunnel;
    }

    @Override
    public void succeeded() {
        super.succeeded();
        tunnel.closeUnlessOpened();
    }

    @Override
    public void failed(Throwable cause) {
        super.failed(cause);
        tunnel.closeUnlessOpened();
    }
}
