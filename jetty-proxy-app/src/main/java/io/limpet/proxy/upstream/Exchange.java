package io.limpet.proxy.upstream;

import java.io.EOFException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a node, and the response on its way back. It ends when both have, or when either has failed
 * for good: what one side is told then, and that it is told once, is decided here.
 *
 * <p>Any thread may call it. The listener is never called under the lock.
 */
public final class Exchange {

    private final OutgoingRequest request;
    private final ExchangeListener listener;
    private final boolean onNewConnection;
    private final Object lock = new Object();
    private final AtomicBoolean ended = new AtomicBoolean();

    private @Nullable NodeConnection connection;
    private @Nullable RequestWriter writer;
    private @Nullable Runnable leaveQueue;
    private @Nullable Runnable afterRequest;
    private volatile @Nullable Throwable failure;

    /** A final response, or a switch of protocols, was handed on: the listener must not hear of a failure any more. */
    private boolean answered;

    /** The response has ended, or the exchange has failed. */
    private boolean over;

    private boolean requestDone;
    private boolean requestBroken;
    private boolean reusable;

    Exchange(OutgoingRequest request, ExchangeListener listener, boolean onNewConnection) {
        this.request = request;
        this.listener = listener;
        this.onNewConnection = onNewConnection;
    }

    /** Gives the exchange up, wherever it is. Its connection is closed. Does nothing when it has ended. */
    public void abort(Throwable cause) {
        fail(cause);
    }

    /**
     * The body that waits for the node's 100 is sent, whether that has come or not (RFC 9110 §10.1.1). Does nothing
     * before the head is.
     */
    public void goOn() {
        RequestWriter by;
        synchronized (lock) {
            by = writer;
        }
        if (by != null) {
            by.goOn();
        }
    }

    /** Whether nothing more of the request is to be written: all was, or the node takes no more. */
    public boolean isSent() {
        synchronized (lock) {
            return requestDone || requestBroken;
        }
    }

    OutgoingRequest request() {
        return request;
    }

    ExchangeListener listener() {
        return listener;
    }

    boolean onNewConnection() {
        return onNewConnection;
    }

    /** Why it has failed; null when it has not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What is to be done when the exchange is taken from its pool's queue, or given up in it. */
    void onLeavingTheQueue(Runnable task) {
        synchronized (lock) {
            if (!over && connection == null) {
                leaveQueue = task;
                return;
            }
        }
        task.run();
    }

    /** The connection that carries it; false when the exchange was given up before. */
    boolean on(NodeConnection carrier, RequestWriter by) {
        Runnable left;
        synchronized (lock) {
            if (over) {
                return false;
            }
            connection = carrier;
            writer = by;
            left = leaveQueue;
            leaveQueue = null;
        }
        if (left != null) {
            left.run();
        }
        return true;
    }

    /** An answer is about to be handed on; false when the listener was told of a failure instead. */
    boolean answers() {
        synchronized (lock) {
            answered |= !over;
            return answered;
        }
    }

    /** The last byte of the request was written. */
    void requestDone() {
        Runnable next;
        boolean responseToo;
        synchronized (lock) {
            requestDone = true;
            responseToo = over && failure == null;
            next = afterRequest;
            afterRequest = null;
        }
        if (responseToo) {
            release();
        } else if (next != null) {
            next.run();
        }
    }

    /** Runs the task when the request is written: an answer may be here before the write that it answers has returned. */
    void afterRequest(Runnable task) {
        synchronized (lock) {
            if (!requestDone) {
                afterRequest = task;
                return;
            }
        }
        task.run();
    }

    /**
     * The last byte of the response was read.
     *
     * @param persistent whether the connection may be used again
     */
    void responseDone(boolean persistent) {
        RequestWriter by;
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            by = writer;
            // answered before all of it was sent: the rest has no reader, and the connection cannot carry another
            reusable = persistent && (requestDone || (by != null && by.isEnding()));
            if (!requestDone && reusable) {
                return;
            }
        }
        if (!requestDone && by != null) {
            by.abort(new IllegalStateException("the node has answered without reading it all"));
        }
        release();
    }

    /** The node takes no more of the request; its answer may be there all the same. */
    void requestBrokeOff() {
        boolean responseToo;
        boolean switched;
        synchronized (lock) {
            requestBroken = true;
            reusable = false;
            responseToo = over && failure == null;
            switched = afterRequest != null;
        }
        if (responseToo) {
            release();
        } else if (switched) {
            fail(new EOFException("the node has switched protocols and closed"));
        }
    }

    /** What had become a tunnel is closed. */
    void tunnelClosed() {
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
        }
        release();
    }

    private void release() {
        NodeConnection carrier;
        synchronized (lock) {
            carrier = connection;
        }
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (carrier != null) {
            if (reusable) {
                carrier.rest();
            } else {
                carrier.close();
            }
        }
        listener.ended();
    }

    /** It has failed, for the first reason that is given. */
    void fail(Throwable cause) {
        NodeConnection carrier;
        RequestWriter by;
        Runnable left;
        boolean unanswered;
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            failure = cause;
            unanswered = !answered;
            carrier = connection;
            by = writer;
            left = leaveQueue;
            leaveQueue = null;
        }
        if (left != null) {
            left.run();
        }
        if (by != null) {
            by.abort(cause);
        }
        if (carrier != null) {
            carrier.close(cause);
        }
        if (unanswered) {
            listener.failed(cause);
        }
        if (ended.compareAndSet(false, true)) {
            listener.ended();
        }
    }
}
