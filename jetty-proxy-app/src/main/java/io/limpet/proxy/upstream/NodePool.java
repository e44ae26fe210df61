package io.limpet.proxy.upstream;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one node, and the requests that wait for one. What was used last is used next, so that a load that
 * falls leaves the rest idle until their time is over.
 *
 * <p>Any thread may call it. No exchange and no connection is called under the lock.
 */
final class NodePool {

    private final URI node;
    private final UpstreamSettings settings;
    private final Dialer dialer;
    private final Scheduler scheduler;
    private final Object lock = new Object();
    private final IdleConnections idle = new IdleConnections();
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();

    /** Those open, and those being opened; not those that are no longer the pool's. */
    private int connections;

    /** Whether the node is no more: what is still to be said to it is said, and nothing kept. */
    private boolean retired;

    NodePool(URI node, UpstreamSettings settings, Dialer dialer, Scheduler scheduler) {
        this.node = node;
        this.settings = settings;
        this.dialer = dialer;
        this.scheduler = scheduler;
    }

    /** Sends on an idle connection, on a new one, or on the next that becomes free. */
    void send(Exchange exchange) {
        if (!exchange.onNewConnection() && sentOnIdle(exchange)) {
            return;
        }
        boolean dial;
        boolean queued = false;
        synchronized (lock) {
            dial = connections < settings.connections();
            if (dial) {
                connections++;
            } else if (waiting.size() < settings.queued()) {
                queued = waiting.add(exchange);
            }
        }
        if (dial) {
            dialer.dial(node, this, exchange);
        } else if (queued) {
            waitBounded(exchange);
        } else {
            exchange.fail(new RejectedExecutionException(settings.queued() + " requests wait already"));
        }
    }

    private boolean sentOnIdle(Exchange exchange) {
        for (NodeConnection next = takeIdle(); next != null; next = takeIdle()) {
            if (next.begin(exchange)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable NodeConnection takeIdle() {
        synchronized (lock) {
            return idle.pollFirst();
        }
    }

    private void waitBounded(Exchange exchange) {
        long millis = settings.queueWait().toMillis();
        Scheduler.Task limit = scheduler.schedule(
                () -> {
                    if (forget(exchange)) {
                        exchange.fail(new RejectedExecutionException(
                                "all " + settings.connections() + " connections were in use for " + millis + " ms"));
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
        exchange.onLeavingTheQueue(() -> {
            forget(exchange);
            limit.cancel();
        });
    }

    private boolean forget(Exchange exchange) {
        synchronized (lock) {
            return waiting.remove(exchange);
        }
    }

    /** A connection that was opened for this exchange is there. */
    void opened(NodeConnection connection, Exchange exchange) {
        if (!connection.begin(exchange)) {
            exchange.fail(new ClosedChannelException());
        }
    }

    /** No connection could be opened for this exchange. */
    void notConnected(Exchange exchange, Throwable cause) {
        closed();
        exchange.fail(cause);
    }

    /** A connection has nothing to do, and listens for its end. */
    void rests(NodeConnection connection) {
        Exchange next;
        synchronized (lock) {
            next = waiting.pollFirst();
            if (next == null && !retired) {
                idle.addFirst(connection);
                return;
            }
        }
        if (next == null) {
            connection.closeIdle();
            return;
        }
        if (next.onNewConnection()) {
            connection.close();
            send(next);
        } else if (!connection.begin(next)) {
            send(next);
        }
    }

    /** Nobody sends here any more, but for those who are about to. */
    void retire() {
        List<NodeConnection> unused;
        synchronized (lock) {
            retired = true;
            unused = idle.clear();
        }
        unused.forEach(NodeConnection::closeIdle);
    }

    /** A connection of this pool was closed. */
    void closed(NodeConnection connection) {
        synchronized (lock) {
            idle.remove(connection);
        }
        closed();
    }

    /** A connection carries a tunnel, which may last for hours: it is nobody's to wait for. */
    void leaves() {
        closed();
    }

    private void closed() {
        Exchange next;
        synchronized (lock) {
            connections--;
            next = waiting.pollFirst();
        }
        if (next != null) {
            send(next);
        }
    }
}
