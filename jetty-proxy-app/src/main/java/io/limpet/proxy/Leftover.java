package io.limpet.proxy;

import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

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
        ClientStream.of(client).ifPresent(ClientStream::resetWithoutReproach);
        client.fail(new TimeoutException("what is left of the body comes too slowly"));
    }
}
