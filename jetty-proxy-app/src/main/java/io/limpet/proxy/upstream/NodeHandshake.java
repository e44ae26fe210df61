package io.limpet.proxy.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a node until its TLS handshake is over; then another takes its place. Nothing of a request is sent
 * before, so a node that cannot be verified is one that cannot be connected to.
 *
 * <p>Only the selector's threads call it, one at a time. How it ends is told once.
 */
final class NodeHandshake extends AbstractConnection implements SslHandshakeListener {

    private final Connection next;
    private final Consumer<ConnectException> failed;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean done;

    /** @param next what the endpoint is to carry afterwards */
    NodeHandshake(EndPoint endPoint, Executor executor, Connection next, Consumer<ConnectException> failed) {
        super(endPoint, executor);
        this.next = next;
        this.failed = failed;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        try {
            getEndPoint().flush(BufferUtil.EMPTY_BUFFER);
            proceed(0);
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void onFillable() {
        try {
            proceed(getEndPoint().fill(BufferUtil.allocate(1)));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void proceed(int filled) {
        if (done && filled == 0) {
            if (over.compareAndSet(false, true)) {
                getEndPoint().upgrade(next);
            }
        } else if (filled == 0) {
            fillInterested();
        } else {
            fail(new EOFException(filled < 0 ? "the node has closed" : "the node spoke first"));
        }
    }

    @Override
    public void handshakeSucceeded(Event event) {
        done = true;
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        fail(failure);
    }

    private void fail(Throwable cause) {
        if (over.compareAndSet(false, true)) {
            ConnectException refused =
                    new ConnectException("TLS: " + root(cause).getMessage());
            refused.initCause(cause);
            failed.accept(refused);
            close();
        }
    }

    /** The JDK wraps what an operator can do something about in what he cannot. */
    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        fail(cause);
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        fail(timeout);
        return false;
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        // done or not: whoever waits for the next connection is to hear of it, unless that has taken this one's place
        fail(cause == null ? new EOFException("closed") : cause);
    }
}
