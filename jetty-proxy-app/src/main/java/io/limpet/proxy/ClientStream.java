package io.limpet.proxy;

import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * The stream of HTTP/2 that a request has come in, among the others of its connection.
 *
 * <p>Any thread may use it.
 */
record ClientStream(HTTP2Connection connection, int id) {

    /** Of this request; empty when it has come otherwise. A server with no HTTP/2 may lack its classes. */
    static Optional<ClientStream> of(Request client) {
        ConnectionMetaData met = client.getConnectionMetaData();
        return met.getHttpVersion() == HttpVersion.HTTP_2 && met.getConnection() instanceof HTTP2Connection http2
                ? Optional.of(new ClientStream(http2, Integer.parseInt(client.getId())))
                : Optional.empty();
    }

    /** Whether nothing is sent in it any more: either side has reset it, both have said all, or the connection is over. */
    boolean isOver() {
        HTTP2Stream stream = connection.getSession().getStream(id);
        return stream == null || stream.isReset() || !connection.getEndPoint().isOpen();
    }

    /** Ends it without a reproach (RFC 9113 §8.1). Jetty itself would say CANCEL, and clients would take the answer for a failure. */
    void resetWithoutReproach() {
        HTTP2Stream stream = connection.getSession().getStream(id);
        if (stream != null) {
            stream.reset(new ResetFrame(id, ErrorCode.NO_ERROR.code), Callback.NOOP);
        }
    }
}
