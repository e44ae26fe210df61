package io.limpet.proxy.upstream;

import java.nio.channels.Channel;
import java.util.Optional;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * The stream of HTTP/2 that a tunnel's client speaks in (RFC 8441).
 *
 * <p>Any thread may use it.
 */
record TunnelStream(HTTP2Stream stream) {

    /** What this endpoint reads and writes; empty when that is a connection. A server with no HTTP/2 may lack its classes. */
    static Optional<TunnelStream> of(EndPoint endPoint) {
        Object transport = endPoint.getTransport();
        return !(transport instanceof Channel) && transport instanceof HTTP2Stream stream
                ? Optional.of(new TunnelStream(stream))
                : Optional.empty();
    }

    /** Whether either side has reset it, or it broke: the endpoint may not have been told. */
    boolean isBroken() {
        return stream.isResetOrFailed();
    }

    /** The end of a stream would not keep its client from sending on (RFC 8441 §5). */
    void reset() {
        stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
    }
}
