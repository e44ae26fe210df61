package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, or a stream of one, and a node's after both have switched protocols (RFC 9110 §7.8): every byte passes, either way,
 * and so does the end of each direction by itself.
 *
 * <p>It ends when both directions have, when either side breaks, or when no byte has passed for too long.
 */
public final class UpgradeTunnel {

    private final NodeConnection node;
    private final Exchange exchange;
    private final ByteBufferPool buffers;

    /** What the node has sent right behind its 101. */
    private final ByteBuffer sent;

    /** Null when what is spoken is no WebSocket: nobody else knows a word for it. */
    private final @Nullable Farewell farewell;

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger openDirections = new AtomicInteger(2);
    private volatile @Nullable TunnelDirection toClient;

    /** The client's end; null as long as it is not this tunnel's. */
    private volatile @Nullable EndPoint client;

    /** Written before the client's end is looked at, and read behind its being written: one of the two sees the other. */
    private volatile boolean over;

    UpgradeTunnel(NodeConnection node, Exchange exchange, ByteBuffer sent, ByteBufferPool buffers, boolean webSocket) {
        this.node = node;
        this.exchange = exchange;
        this.sent = sent;
        this.buffers = buffers;
        this.farewell = webSocket ? new Farewell() : null;
    }

    /**
     * What is to become the connection of the client's endpoint as soon as the 101 is written there. The tunnel opens
     * when it is opened.
     *
     * <p>Closed before that, it closes the endpoint when that becomes its own.
     *
     * @param idle how long the tunnel may be without a byte in either direction
     */
    public Connection clientSide(EndPoint endPoint, Executor executor, Duration idle) {
        return new ClientSide(endPoint, executor, idle);
    }

    /**
     * Asks the client to leave: a WebSocket is told so between two frames (1001, RFC 6455 §7.4.1), answers to the node,
     * and node and client end it. Who has not done so after a while must be {@linkplain #close closed}. Anything else
     * than a WebSocket is closed at once.
     */
    public void goAway() {
        TunnelDirection direction = toClient;
        if (farewell == null || direction == null) {
            // not as if all had been said: a stream's client may still send
            close(new EofException("the node gives up its sessions, or the proxy stops"));
            return;
        }
        farewell.due();
        direction.iterate();
    }

    /** Whether the client was asked to leave. */
    public boolean isGoingAway() {
        return farewell != null && farewell.isDue();
    }

    /** Completes when it is closed, by whomever. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /** Closes both sides. */
    public void close(@Nullable Throwable cause) {
        over = true;
        EndPoint other = client;
        if (other != null && cause != null) {
            TunnelStream.of(other).ifPresent(TunnelStream::reset);
        }
        node.close();
        if (other != null) {
            other.close(cause);
        }
        exchange.tunnelClosed();
        closed.complete(null);
    }

    /**
     * Closes it when the client's endpoint has not become its end, or was reset in that moment: nobody is there to close it
     * later.
     */
    public void closeUnlessOpened() {
        EndPoint other = client;
        if (other == null
                || TunnelStream.of(other).filter(TunnelStream::isBroken).isPresent()) {
            close(new EofException("the client has left before the tunnel began"));
        }
    }

    void expired(TimeoutException timeout) {
        close(timeout);
    }

    private void open(EndPoint endPoint, ByteBuffer fromClient, Duration idle) {
        endPoint.setIdleTimeout(idle.toMillis());
        node.getEndPoint().setIdleTimeout(idle.toMillis());
        TunnelDirection back = new TunnelDirection(this, node.getEndPoint(), endPoint, sent, buffers, farewell);
        toClient = back;
        new TunnelDirection(this, endPoint, node.getEndPoint(), fromClient, buffers, null).iterate();
        back.iterate();
    }

    /** Whether it is a tunnel's, on the client's side. */
    public static boolean isOn(@Nullable Connection connection) {
        return connection instanceof ClientSide;
    }

    /** One direction has come to its end. */
    void directionEnded() {
        if (openDirections.decrementAndGet() == 0) {
            close(null);
        }
    }

    private final class ClientSide extends AbstractConnection implements Connection.UpgradeTo {

        private final Duration idle;
        private ByteBuffer early = BufferUtil.EMPTY_BUFFER;

        ClientSide(EndPoint endPoint, Executor executor, Duration idle) {
            super(endPoint, executor);
            this.idle = idle;
        }

        @Override
        public void onUpgradeTo(ByteBuffer buffer) {
            early = buffer;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            client = getEndPoint();
            if (over) { // nobody will close it again
                UpgradeTunnel.this.close(new EofException("the tunnel was closed before it began"));
                return;
            }
            open(getEndPoint(), early, idle);
        }

        @Override
        public void onFillable() {
            // the directions listen by themselves
        }

        @Override
        public boolean onIdleExpired(TimeoutException timeout) {
            expired(timeout);
            return false;
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            super.onClose(cause);
            UpgradeTunnel.this.close(cause);
        }
    }
}
