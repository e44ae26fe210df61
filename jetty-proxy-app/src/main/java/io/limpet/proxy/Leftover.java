package io.limpet.proxy;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * What is left of a body that nobody wants any more: it is read and let fall, for a while. A connection that is closed
 * with unread bytes is reset, and the client may never see its answer (RFC 9112 §9.6).
 *
 * <p>One thread at a time reads; the questions, and {@link #stop()}, may come from any.
 */
final class Leftover {

    /** More than this is not waited for. */
    private static final long MOST = 16 * 1024 * 1024;

    private final Request client;
    private final RequestBody body;
    private volatile boolean wasBegun;
    private volatile long received;

    Leftover(Request client, RequestBody body) {
        this.client = client;
        this.body = body;
    }

    /**
     * Nothing of the body is handed on any more.
     *
     * @param done run when nothing of it is left, or no more is waited for
     */
    void discard(Runnable done) {
        body.close();
        if (body.isOver()) {
            done.run();
            return;
        }
        wasBegun = true;
        readOn(done);
    }

    private void readOn(Runnable done) {
        long sum = received;
        while (!body.isOver() && sum < MOST) {
            Content.Chunk chunk = body.readUnwanted(() -> readOn(done));
            if (chunk == null) {
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                break;
            }
            sum += chunk.remaining();
            received = sum;
            chunk.release();
        }
        done.run();
    }

    /** Whether the proxy waits for more of it. */
    boolean isAwaited() {
        return wasBegun && body.isDemanded();
    }

    /** How many bytes of it have come. */
    long received() {
        return received;
    }

    /** It is waited for no more: over HTTP/2 its stream is reset, without a reproach (RFC 9113 §8.1). */
    void stop() {
        wasBegun = false;
        resetWithoutReproach();
        client.fail(new TimeoutException("what is left of the body comes too slowly"));
    }

    /** Jetty itself would say CANCEL, and clients would take the answer for a failure. */
    private void resetWithoutReproach() {
        if (client.getConnectionMetaData().getConnection() instanceof HTTP2Connection http2) {
            int id = Integer.parseInt(client.getId());
            Stream stream = http2.getSession().getStream(id);
            if (stream != null) {
                stream.reset(new ResetFrame(id, ErrorCode.NO_ERROR.code), Callback.NOOP);
            }
        }
    }
}
