package io.limpet.proxy.listen;

import java.util.Optional;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.Frame;

/**
 * Knows whether an HTTP/2 client is in the middle of a frame; a head is one frame with all its continuations. Parts of
 * data count as whole: how fast a body comes is known of its stream.
 *
 * <p>Written by the connection's thread, read by any. The next frame may begin in the bytes that bring the last: it is
 * noticed when more of it comes.
 */
public final class WholeFrames implements HTTP2Session.FrameListener {

    private final HTTP2Connection connection;
    private volatile long bytes;

    private WholeFrames(HTTP2Connection connection) {
        this.connection = connection;
    }

    /** From here on this connection's are known. */
    static void watch(HTTP2Connection connection) {
        connection.getSession().addEventListener(new WholeFrames(connection));
    }

    /** Those of this connection; empty when nobody watches it. */
    public static Optional<WholeFrames> of(HTTP2Connection connection) {
        return connection.getSession().getEventListeners().stream()
                .filter(WholeFrames.class::isInstance)
                .map(WholeFrames.class::cast)
                .findFirst();
    }

    /** How many bytes had come with the last whole frame. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void onIncomingFrame(Session session, Frame frame) {
        bytes = connection.getBytesIn();
    }
}
