package io.limpet.proxy.upstream;

import io.limpet.proxy.loop.Loop;
import io.limpet.proxy.loop.Outbound;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;

/** Opens connections to nodes. Safe for any number of threads. */
final class Dialer extends SelectorManager {

    private final UpstreamSettings settings;
    private final ByteBufferPool buffers;
    private final SocketAddressResolver names;
    private final NodeTls tls = new NodeTls();

    Dialer(UpstreamSettings settings, Executor executor, Scheduler scheduler, ByteBufferPool buffers) {
        super(executor, scheduler, 1);
        this.settings = settings;
        this.buffers = buffers;
        this.names = new SocketAddressResolver.Async(
                executor, scheduler, settings.connect().toMillis());
        setConnectTimeout(settings.connect().toMillis());
    }

    NodeTls tls() {
        return tls;
    }

    UpstreamSettings settings() {
        return settings;
    }

    ByteBufferPool buffers() {
        return buffers;
    }

    /** What is on its way to become a connection: it tries the addresses of a name one after the other. */
    private final class Call implements Outbound {
        private final URI node;
        private final Optional<Loop> loop;
        private final NodePool pool;
        private final Exchange exchange;
        private final List<InetSocketAddress> addresses;
        private int next;

        Call(URI node, Optional<Loop> loop, NodePool pool, Exchange exchange, List<InetSocketAddress> addresses) {
            this.node = node;
            this.loop = loop;
            this.pool = pool;
            this.exchange = exchange;
            this.addresses = addresses;
        }

        void next() {
            try {
                SocketChannel channel = SocketChannel.open();
                try {
                    connect(channel, addresses.get(next++));
                } catch (IOException | RuntimeException e) {
                    channel.close();
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                failed(e);
            }
        }

        private void connect(SocketChannel channel, InetSocketAddress address) throws IOException {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            if (channel.connect(address)) {
                Dialer.this.accept(channel, this);
                return;
            }
            if (loop.isPresent()) {
                loop.get().connect(channel, this);
                return;
            }
            Dialer.this.connect(channel, this);
        }

        @Override
        public Connection opened(EndPoint endPoint) throws IOException {
            return node.getScheme().equalsIgnoreCase("https")
                    ? overTls(endPoint, this)
                    : nodeConnection(endPoint, this);
        }

        @Override
        public void failed(Throwable cause) {
            if (next < addresses.size()) {
                next();
                return;
            }
            pool.notConnected(exchange, cause);
        }
    }

    /** Opens a connection for this exchange; the pool hears how that ends. */
    void dial(URI node, NodePool pool, Exchange exchange) {
        // names are looked up elsewhere
        Optional<Loop> loop = Loop.current();
        names.resolve(
                node.getHost(),
                node.getPort(),
                Map.of(),
                Promise.from(
                        addresses -> new Call(node, loop, pool, exchange, addresses).next(),
                        cause -> pool.notConnected(exchange, unknown(node, cause))));
    }

    /** In the same words whether there is no such name, or nobody has said so in time. */
    private static UnknownHostException unknown(URI node, Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(node.getHost());
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }

    @Override
    public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment)
            throws IOException {
        return ((Outbound) attachment).opened(endPoint);
    }

    private NodeConnection nodeConnection(EndPoint endPoint, Call call) {
        NodeConnection connection = new NodeConnection(endPoint, this, call.pool, call.loop);
        connection.whenOpened(() -> call.pool.opened(connection, call.exchange));
        return connection;
    }

    private Connection overTls(EndPoint socket, Call call) throws IOException {
        SslConnection secure = tls.on(socket, call.node, getExecutor(), buffers);
        EndPoint inside = secure.getSslEndPoint();
        NodeHandshake handshake = new NodeHandshake(inside, getExecutor(), nodeConnection(inside, call), call::failed);
        secure.addHandshakeListener(handshake);
        inside.setConnection(handshake);
        inside.setIdleTimeout(settings.connect().toMillis());
        return secure;
    }

    @Override
    protected void connectionFailed(SelectableChannel channel, Throwable cause, Object attachment) {
        IO.close(channel);
        ((Outbound) attachment).failed(cause);
    }
}
