package io.limpet.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** How an attempt at a node ended without a response. */
enum Failure {
    /** Nobody takes connections for the node: nothing was sent. */
    REFUSED,
    /** The node was not connected to in time, which may be the network's doing: nothing was sent. */
    UNREACHED,
    /** The node's name has led to no address, or not in time, which tells nothing of the node: nothing was sent. */
    UNRESOLVED,
    /** There was no connection to use, which is not the node's doing: nothing was sent. */
    NOT_SENT,
    /** A pooled connection was lost before the first byte of a response: usually the node was about to close it. */
    STALE,
    /** A new connection was lost before the first byte of a response. */
    LOST,
    /** The node was silent for too long. */
    TIMED_OUT,
    /** What the node sent is no HTTP. */
    MALFORMED,
    /** This proxy has too many requests waiting for the node, or no thread for one more: nothing was sent. */
    OVERLOADED,
    /** This proxy could not go on with what it had begun to send, which is not the node's doing. */
    UNFINISHED,
    /** The client left or sent a malformed body. */
    CLIENT;

    /** What may have left of a request before its attempt failed. */
    enum Sent {
        /** There was no connection. */
        NOTHING,
        /** Bytes, on a connection that was opened for it. */
        ON_NEW,
        /** Bytes, on a connection that had carried another request before. */
        ON_POOLED
    }

    /**
     * Tells failures apart.
     *
     * @param clientFailed whether reading from the client failed
     */
    static Failure of(Throwable cause, Sent sent, boolean clientFailed) {
        if (clientFailed) {
            return CLIENT;
        }
        if (sent == Sent.NOTHING) {
            return ofUnsent(cause);
        }
        if (cause instanceof RejectedExecutionException) {
            return UNFINISHED;
        }
        if (cause instanceof TimeoutException) {
            return TIMED_OUT;
        }
        if (!(cause instanceof IOException)) {
            return MALFORMED;
        }
        return sent == Sent.ON_POOLED ? STALE : LOST;
    }

    private static Failure ofUnsent(Throwable cause) {
        if (cause instanceof RejectedExecutionException) {
            return OVERLOADED;
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return UNRESOLVED;
        }
        if (isRefusal(cause)) {
            return REFUSED;
        }
        return isUnreached(cause) ? UNREACHED : NOT_SENT;
    }

    /** Whether it tells something of the node that a refused connection has not told already. */
    boolean isTheNodes() {
        return this == LOST || this == TIMED_OUT || this == MALFORMED;
    }

    /** Whether a failed connect is the node's doing, and not that of this machine, which may be out of sockets. */
    static boolean isRefusal(Throwable cause) {
        return cause instanceof NoRouteToHostException || (cause instanceof ConnectException && !isCutHandshake(cause));
    }

    /** A TLS handshake that was cut off, or took too long, says as little of the node as a connect that did. */
    private static boolean isCutHandshake(Throwable cause) {
        Throwable why = cause.getCause();
        return why instanceof TimeoutException || why instanceof EOFException || why instanceof SocketException;
    }

    /** Whether it may be: a packet was lost. */
    private static boolean isUnreached(Throwable cause) {
        return cause instanceof SocketTimeoutException || cause instanceof ConnectException;
    }

    /** The cause in words for the log. Jetty puts the state of whole connections into some messages. */
    static String describe(Throwable cause) {
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        if (message == null || message.length() >= 100 || message.contains("@")) {
            return kind;
        }
        return isRefusal(cause) ? message : kind + ": " + message;
    }
}
