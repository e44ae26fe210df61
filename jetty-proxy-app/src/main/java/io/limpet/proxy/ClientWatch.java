package io.limpet.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Notices that an HTTP/1.1 client leaves while it waits. Jetty does not listen to a client whose request it has read, and
 * learns of its leaving when it writes, which may be never.
 *
 * <p>The end of what the client sends counts as leaving, as it does for nginx. A client that sends its next request
 * instead is not listened to any further; the one byte that was read of it is given back to Jetty's connection. An
 * empty line is no request: some clients send one behind a body (RFC 9112 §2.2).
 *
 * <p>Any thread may call it. The lock sees to it that Jetty, which reads again as soon as the request is completed,
 * never does so beside this.
 */
final class ClientWatch {

    private static final int EMPTY_LINE = 2;

    private final AbstractEndPoint endPoint;
    private final Connection connection;
    private final Consumer<Throwable> left;
    private final Callback onBytes =
            Callback.from(Invocable.InvocationType.NON_BLOCKING, this::look, this::notListening);
    private final Object lock = new Object();
    private boolean watching;
    private boolean ended;
    private int strayBytes;

    /** @param left called when the client has left, at most once */
    ClientWatch(AbstractEndPoint endPoint, Connection connection, Consumer<Throwable> left) {
        this.endPoint = endPoint;
        this.connection = connection;
        this.left = left;
    }

    /**
     * Begins, once the request was read to its end; does nothing when it has begun.
     *
     * @return whether it listens now
     */
    boolean begin() {
        synchronized (lock) {
            if (watching || ended) {
                return watching;
            }
            if (hasNextRequest()) {
                ended = true;
                return false;
            }
            watching = endPoint.tryFillInterested(onBytes);
            return watching;
        }
    }

    /** Whether Jetty has read beyond the request already; what it has read it gets back. */
    private boolean hasNextRequest() {
        ByteBuffer more = connection instanceof Connection.UpgradeFrom from ? from.onUpgradeFrom() : null;
        if (more == null) {
            return false;
        }
        boolean emptyLine = isEmptyLine(more);
        giveBack(more);
        return !emptyLine;
    }

    private boolean isEmptyLine(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            byte next = bytes.get(i);
            strayBytes++;
            if ((next != '\r' && next != '\n') || strayBytes > EMPTY_LINE) {
                return false;
            }
        }
        return true;
    }

    private void giveBack(ByteBuffer bytes) {
        if (connection instanceof Connection.UpgradeTo to) {
            to.onUpgradeTo(bytes);
        }
    }

    /** Ends, before the request is completed. */
    void end() {
        synchronized (lock) {
            ended = true;
            if (watching) {
                watching = false;
                endPoint.getFillInterest().onFail(new QuietException.Exception("the watch has ended"));
            }
        }
    }

    private void look() {
        try {
            synchronized (lock) {
                if (!watching || !hasLeft()) {
                    return;
                }
            }
            left.accept(new EOFException("the client has left"));
        } catch (IOException e) {
            notListening(e);
        }
    }

    private boolean hasLeft() throws IOException {
        watching = false;
        ByteBuffer one = BufferUtil.allocate(1);
        int filled = endPoint.fill(one);
        boolean waitsOn = filled >= 0 && isEmptyLine(one);
        if (filled > 0) {
            giveBack(one);
        }
        if (waitsOn) {
            watching = endPoint.tryFillInterested(onBytes);
            return false;
        }
        ended = true;
        return filled < 0;
    }

    private void notListening(Throwable cause) {
        synchronized (lock) {
            watching = false;
            if (ended) {
                return;
            }
            ended = true;
        }
        left.accept(cause);
    }
}
