package io.limpet.proxy.loop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Listens with a {@link Loop} for each core, on which connections to nodes are heard of, too. Those are no clients: they
 * do not count, and are not among the connected.
 */
public final class LoopConnector extends ServerConnector {

    /**
     * A connector that does not listen yet.
     *
     * @param connect how long a connection to a node may take
     */
    public LoopConnector(Server server, Duration connect, ConnectionFactory... spoken) {
        super(server, -1, Runtime.getRuntime().availableProcessors(), spoken);
        getSelectorManager().setConnectTimeout(connect.toMillis());
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new Loops(executor, scheduler, selectors);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint client = new SmallWrites(channel, selector, key, getScheduler());
        client.setIdleTimeout(getIdleTimeout());
        return client;
    }

    /** An end point of which the connector does not know. */
    private static final class ToNode extends SmallWrites {
        ToNode(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }
    }

    /** All loops of this connector. */
    final class Loops extends ServerConnectorManager {

        private static final ThreadLocal<@Nullable Loop> WANTED = new ThreadLocal<>();

        Loops(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        void connect(Loop on, SelectableChannel channel, Outbound outbound) {
            WANTED.set(on);
            try {
                connect(channel, outbound);
            } finally {
                WANTED.remove();
            }
        }

        /** Who is in the queue when it has been said to accept no more stays there. */
        @Override
        protected @Nullable SelectableChannel doAccept(SelectableChannel server) throws IOException {
            return isAccepting() ? super.doAccept(server) : null;
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new Loop(this, id);
        }

        @Override
        protected ManagedSelector chooseSelector() {
            Loop loop = WANTED.get();
            return loop == null ? super.chooseSelector() : loop;
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(
                SelectableChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
            return key.attachment() instanceof Outbound
                    ? new ToNode((SocketChannel) channel, selector, key, getScheduler())
                    : super.newEndPoint(channel, selector, key);
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment)
                throws IOException {
            return attachment instanceof Outbound outbound
                    ? outbound.opened(endPoint)
                    : super.newConnection(channel, endPoint, attachment);
        }

        @Override
        protected void connectionFailed(SelectableChannel channel, Throwable cause, Object attachment) {
            super.connectionFailed(channel, cause, attachment);
            if (attachment instanceof Outbound outbound) {
                outbound.failed(cause);
            }
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            if (!(endPoint instanceof ToNode)) {
                super.endPointOpened(endPoint);
            }
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            if (!(endPoint instanceof ToNode)) {
                super.endPointClosed(endPoint);
            }
        }
    }
}
