package io.limpet.proxy;

import io.limpet.proxy.listen.WholeFrames;
import java.util.Optional;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * What a client has begun to send on a connection and owes the rest of.
 *
 * @param what it is
 * @param message which of them on this connection
 * @param bytes how many have come on the connection
 */
record Debt(What what, long message, long bytes) {

    enum What {
        /** A PROXY header, a handshake of TLS. */
        GREETING,
        /** The head of a request in HTTP/1.1. */
        HEAD,
        /** Its body. */
        BODY,
        /** A frame of HTTP/2, or a head in several of them. */
        FRAME
    }

    /** As of a moment ago: the connection's threads go on. */
    static Optional<Debt> on(EndPoint socket) {
        if (Stage.of(socket) == Stage.GREETING) {
            return Optional.of(new Debt(What.GREETING, 0, 0));
        }
        Connection inside = EndPoints.inside(socket);
        if (inside instanceof HttpConnection http) {
            return of(http);
        }
        return inside instanceof HTTP2Connection http2 ? of(http2) : Optional.empty();
    }

    /** In the middle of a request, and the proxy waits for more of it: not while a node takes the body slowly. */
    private static Optional<Debt> of(HttpConnection connection) {
        HttpParser parser = connection.getParser();
        boolean body = parser.inContentState();
        boolean inRequest = body || (parser.inHeaderState() && !parser.isStart());
        boolean owed = inRequest
                && EndPoints.of(connection)
                        .filter(endPoint -> endPoint.getFillInterest().isInterested())
                        .isPresent();
        return owed
                ? Optional.of(
                        new Debt(body ? What.BODY : What.HEAD, connection.getMessagesIn(), connection.getBytesIn()))
                : Optional.empty();
    }

    private static Optional<Debt> of(HTTP2Connection connection) {
        return WholeFrames.of(connection)
                .map(whole -> new Debt(What.FRAME, whole.bytes(), connection.getBytesIn()))
                .filter(debt -> debt.bytes > debt.message);
    }

    /** Whether this is more of the same. */
    boolean continues(Debt before) {
        return what == before.what && message == before.message;
    }
}
