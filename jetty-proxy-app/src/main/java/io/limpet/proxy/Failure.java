package io.limpet.proxy;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** How an attempt at a node ended without a response. */
enum Failure {
    /** No connection could be made: nothing was sent. */
    REFUSED,
    /** The connection was lost before the first byte of a response. */
    LOST,
    /** The node was silent for too long. */
    TIMED_OUT,
    /** This proxy has too many requests waiting for the node: nothing was sent. */
    OVERLOADED,
    /** The client left or sent a malformed body. */
    CLIENT;

    static Failure of(Throwable cause, boolean connected, RequestBody body) {
        if (body.clientFailed()) {
            return CLIENT;
        }
        if (cause instanceof RejectedExecutionException) {
            return OVERLOADED;
        }
        if (!connected) {
            return REFUSED;
        }
        return cause instanceof TimeoutException ? TIMED_OUT : LOST;
    }

    /** Whether a failed connect is the node's doing, and not that of this machine, which may be out of sockets. */
    static boolean blamesTheNode(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException;
    }
}
