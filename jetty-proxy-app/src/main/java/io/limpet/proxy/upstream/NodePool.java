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

    /** Where an exchange goes. */
    private sealed interface Place {

        /** To a connection that was idle, and may have ended since. */
        record Idle(NodeConnection connection) implements Place {}

        enum Other implements Place {
            DIALLED,
            QUEUED,
            NONE
        }
    }

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
        Place place = place(exchange);
        while (place instanceof Place.Idle idle) {
            if (idle.connection.begin(exchange)) {
                return;
            }
            place = place(exchange);
        }
        if (place == Place.Other.DIALLED) {
            dial(exchange);
        } else if (place == Place.Other.QUEUED) {
            waitBounded(exchange);
            if (exchange.onNewConnection()) {
                makeRoom();
            }
        } else {
            exchange.fail(new RejectedExecutionException(settings.queued() + " requests wait already"));
        }
    }

    /** How many wait for a connection. */
    int queued() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** In one step: a connection that comes to rest between two of them would find nobody waiting, and wake nobody. */
    private Place place(Exchange exchange) {
        synchronized (lock) {
            if (!exchange.onNewConnection() && !idle.isEmpty()) {
                return new Place.Idle(idle.removeFirst());
            }
            if (connections < settings.connections()) {
                connections++;
                return Place.Other.DIALLED;
            }
            return waiting.size() < settings.queued() && waiting.add(exchange) ? Place.Other.QUEUED : Place.Other.NONE;
        }
    }

    /** A connection that nobody uses gives way to a new one. */
    private void makeRoom() {
        for (NodeConnection unused = takeOldest(); unused != null; unused = takeOldest()) {
            if (unused.closeIdle()) {
                return;
            }
        }
    }

    private @Nullable NodeConnection takeOldest() {
        synchronized (lock) {
            return idle.pollLast();
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
                // who closes it takes it out behind that
                if (!connection.isClosed()) {
                    idle.addFirst(connection);
                }
                return;
            }
        }
        if (next == null) {
            connection.closeIdle();
            return;
        }
        if (next.onNewConnection()) {
            synchronized (lock) {
                connections++; // its own, before the old one's place goes to whoever waits behind it
            }
            dial(next);
            connection.close();
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
        Exchange next = passPlaceOn();
        if (next != null) {
            dial(next);
        }
    }

    /** A connection is no more; who has waited longest may open another. */
    private @Nullable Exchange passPlaceOn() {
        synchronized (lock) {
            connections--;
            Exchange next = connections < settings.connections() ? waiting.pollFirst() : null;
            if (next != null) {
                connections++; // before somebody who comes later takes its place
            }
            return next;
        }
    }

    /** Threads that take no more work open no connection: who is refused for that is told, and keeps no place. */
    private void dial(Exchange first) {
        Exchange next = first;
        while (next != null) {
            Exchange refused = next;
            try {
                dialer.dial(node, this, refused);
                return;
            } catch (RejectedExecutionException e) {
                next = passPlaceOn();
                refused.fail(e);
            }
        }
    }
}
