package io.limpet.proxy.upstream;

import io.limpet.proxy.loop.Loop;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a node: idle in its pool, or with one exchange on it, or a tunnel.
 *
 * <p>Whoever changes its state from idle owns it: a thread of a request, or the selector's, which hears that the node has
 * closed. The interest in the next byte is registered all the while that nothing is read, so that a node's end is
 * noticed at once.
 */
final class NodeConnection extends AbstractConnection {

    private static final Object IDLE = "idle";
    private static final Object CLOSED = "closed";

    private final NodePool pool;
    private final UpstreamSettings settings;
    private final ResponseReader reader;
    private final AtomicReference<Object> state = new AtomicReference<>(IDLE);
    private final Callback onBytes =
            Callback.from(Invocable.InvocationType.NON_BLOCKING, this::onFillable, this::onFillInterestedFailed);
    private final Optional<Loop> loop;
    private @Nullable Runnable whenOpened;
    private boolean used;
    private volatile @Nullable RequestWriter writer;
    private volatile long lastActive = NanoTime.now();

    NodeConnection(EndPoint endPoint, Dialer dialer, NodePool pool, Optional<Loop> loop) {
        super(endPoint, dialer.getExecutor());
        UpstreamSettings settings = dialer.settings();
        ByteBufferPool buffers = dialer.buffers();
        this.loop = loop;
        this.pool = pool;
        this.settings = settings;
        this.reader = new ResponseReader(this, new StrictResponseParser(settings.longestHead()), buffers);
    }

    /** Whose thread hears of it; empty when that is one of the dialer's own. */
    Optional<Loop> loop() {
        return loop;
    }

    void whenOpened(Runnable task) {
        whenOpened = task;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        long looks = Math.min(settings.pooled().toMillis(), settings.idle().toMillis());
        getEndPoint().setIdleTimeout(Math.max(1, looks));
        if (whenOpened != null) {
            whenOpened.run();
        }
    }

    /**
     * Sends the exchange's request, or sees that it was given up.
     *
     * @return false when this connection is of no more use
     */
    boolean begin(Exchange exchange) {
        if (used && exchange.request().traits().once() && StaleConnection.is(getEndPoint())) {
            closeIdle();
            return false;
        }
        // before the state says so: the selector's thread may be on its way with the node's end
        reader.begin(exchange);
        active(); // while the pool's time still counts, or a long rest would be taken for the node's silence
        if (!state.compareAndSet(IDLE, exchange)) {
            return false;
        }
        RequestWriter by = new RequestWriter(exchange, getEndPoint(), getExecutor(), used);
        if (!exchange.on(this, by)) {
            rest();
            return true;
        }
        used = true;
        writer = by;
        listen();
        by.iterate();
        return true;
    }

    /** Nothing is to be done on it any more. */
    void rest() {
        Object before = state.get();
        if (before == CLOSED || !state.compareAndSet(before, IDLE)) {
            return;
        }
        writer = null;
        active();
        listen();
        pool.rests(this);
    }

    /** Whether it is over; its pool is told of that later. */
    boolean isClosed() {
        return state.get() == CLOSED;
    }

    /**
     * From here on bytes pass as they are.
     *
     * @return false when it was closed a moment ago: nobody would ever tell the tunnel
     */
    boolean become(UpgradeTunnel tunnel) {
        Object before = state.get();
        if (before == CLOSED || !state.compareAndSet(before, tunnel)) {
            return false;
        }
        pool.leaves();
        return true;
    }

    /** Bytes have come, or it is the node's turn from now on. */
    void active() {
        lastActive = NanoTime.now();
    }

    /** Hears of the next bytes, or of the end. Does nothing when it does so already. */
    void listen() {
        EndPoint endPoint = getEndPoint();
        endPoint.tryFillInterested(onBytes);
        if (!endPoint.isOpen()) {
            // closed a moment ago: nobody would call any more
            onFillInterestedFailed(new ClosedChannelException());
        }
    }

    boolean closeIdle() {
        boolean wasIdle = state.compareAndSet(IDLE, CLOSED);
        if (wasIdle) {
            close();
        }
        return wasIdle;
    }

    void close(Throwable cause) {
        getEndPoint().close(cause);
    }

    @Override
    public void onFillable() {
        // an idle one: the node has closed it, or says something unasked
        if (state.get() instanceof Exchange || (!closeIdle() && state.get() instanceof Exchange)) {
            reader.onFillable();
        }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        if (state.get() instanceof Exchange exchange) {
            exchange.fail(cause);
        } else {
            closeIdle();
        }
        reader.wake();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        Object now = state.get();
        if (now instanceof UpgradeTunnel tunnel) {
            tunnel.expired(timeout);
        } else if (now instanceof Exchange exchange) {
            giveUpWhenSilent(exchange, timeout);
        } else if (NanoTime.millisSince(lastActive) >= settings.pooled().toMillis()) {
            closeIdle();
        }
        // what there is to be done was done
        return false;
    }

    /** It is not the node that is silent when the client has to send, or does not take what has come. */
    private void giveUpWhenSilent(Exchange exchange, TimeoutException timeout) {
        RequestWriter by = writer;
        boolean clientsTurn = (by != null && by.waitsForContent()) || reader.waitsForReader();
        if (!clientsTurn && millisSilent(by) >= settings.idle().toMillis()) {
            exchange.fail(timeout);
            reader.wake();
        }
    }

    /** What the node takes tells as much of it as what it says. */
    private long millisSilent(@Nullable RequestWriter by) {
        long sinceRead = NanoTime.millisSince(lastActive);
        return by == null ? sinceRead : Math.min(sinceRead, by.millisSinceActive());
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        Object before = state.getAndSet(CLOSED);
        if (before instanceof UpgradeTunnel tunnel) {
            tunnel.close(cause);
            return;
        }
        pool.closed(this);
    }
}
