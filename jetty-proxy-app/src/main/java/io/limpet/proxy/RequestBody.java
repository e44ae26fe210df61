package io.limpet.proxy;

import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The client's body, on its way to whichever node gets it. Nothing of it is handed on before there is a connection to
 * the node, so a refused connection leaves it whole for the next.
 *
 * <p>One thread at a time reads, until it is closed by another; the questions may be asked by any.
 */
final class RequestBody implements Content.Source {

    private final Request client;
    private final boolean present;
    private final BodyLength length;
    private final Invocable.Task onContent =
            Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::contentIsThere);
    private final Object lock = new Object();
    private @Nullable Runnable waiting;
    private boolean demanded;
    private boolean closed;
    private final ReadAhead ahead = new ReadAhead();
    private volatile boolean untouched = true;
    private volatile boolean read;
    private volatile boolean clientFailed;
    private volatile boolean tooLong;

    private RequestBody(Request client, boolean present, long longest, Content.@Nullable Chunk first) {
        this.client = client;
        this.present = present;
        this.length = new BodyLength(client.getLength(), longest);
        if (first != null) {
            ahead.add(first);
        }
        this.read = !present;
    }

    /**
     * The body of this request, which may be none (RFC 9112 §6, RFC 9113 §8.1).
     *
     * @param longest how many bytes it may have; 0 for any number
     */
    static RequestBody of(Request request, long longest) {
        if (request.getLength() >= 0) {
            return new RequestBody(request, request.getLength() > 0, longest, null);
        }
        if (request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion()) {
            boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
            return new RequestBody(request, chunked, longest, null);
        }
        // in HTTP/2 a body needs no field of its own: only its end tells that there is none
        Content.Chunk first = request.read();
        boolean none = first != null
                && first.isLast()
                && !first.hasRemaining()
                && !Content.Chunk.isFailure(first)
                && !(first instanceof Trailers);
        return new RequestBody(request, !none, longest, none ? null : first);
    }

    /** Whether there is one at all. */
    boolean isPresent() {
        return present;
    }

    /** Whether nobody knows how long it is. */
    boolean isChunked() {
        return present && client.getLength() < 0;
    }

    /** Whether the client says that it is longer than it may be. */
    boolean isAnnouncedTooLong() {
        return length.isAnnouncedTooLong();
    }

    @Override
    public Content.@Nullable Chunk read() {
        synchronized (lock) {
            return closed ? Content.Chunk.from(new ClosedChannelException(), true) : limited(next());
        }
    }

    private Content.@Nullable Chunk limited(Content.@Nullable Chunk chunk) {
        if (chunk == null || !length.isTooLong()) {
            return chunk;
        }
        chunk.release();
        tooLong = true;
        return Content.Chunk.from(length.tooLong(), true);
    }

    private Content.@Nullable Chunk next() {
        untouched = false;
        Content.Chunk chunk = ahead.isEmpty() ? client.read() : ahead.poll();
        if (chunk == null) {
            return null;
        }
        if (Content.Chunk.isFailure(chunk)) {
            clientFailed = true;
            return chunk;
        }
        length.add(chunk.remaining());
        if (!length.isAsSaid(chunk.isLast())) {
            chunk.release();
            clientFailed = true;
            return Content.Chunk.from(new ProtocolException("the body is not as long as its Content-Length"), true);
        }
        read = chunk.isLast();
        return chunk instanceof Trailers trailers ? TrailerFields.passing(trailers) : chunk;
    }

    /**
     * Reads a little while nobody else does: a client's leaving shows only behind what it has sent. What is read is kept,
     * in memory of its own, for the node.
     *
     * @return why no more will come; empty when that is not known
     */
    Optional<Throwable> lookAhead() {
        synchronized (lock) {
            // a client that waits for a 100 would get it from Jetty by being read
            while (!closed && !demanded && waiting == null && !clientFailed && !isHeldBack() && needsMore()) {
                Content.Chunk chunk = client.read();
                if (chunk == null) {
                    break;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    clientFailed = true;
                    return Optional.of(chunk.getFailure());
                }
                ahead.add(chunk);
            }
            return Optional.empty();
        }
    }

    private boolean needsMore() {
        return !hasArrived() && !ahead.isFull();
    }

    /** Whether the client has sent all of it, as far as that was looked at. */
    boolean hasArrived() {
        synchronized (lock) {
            return read || ahead.hasTheEnd();
        }
    }

    @Override
    public void demand(Runnable callback) {
        untouched = false;
        boolean there;
        synchronized (lock) {
            if (closed) {
                return;
            }
            there = !ahead.isEmpty();
            if (!there) {
                waiting = callback;
            }
        }
        if (there) {
            callback.run();
        } else {
            demand();
        }
    }

    private void demand() {
        synchronized (lock) {
            if (demanded) {
                return;
            }
            demanded = true;
        }
        client.demand(onContent);
    }

    private void contentIsThere() {
        Runnable next;
        synchronized (lock) {
            demanded = false;
            next = waiting;
            waiting = null;
        }
        if (next != null) {
            next.run();
        }
    }

    /** Nothing of it is handed on any more: the request goes back to the server, which may read by itself. */
    void close() {
        synchronized (lock) {
            closed = true;
            waiting = null;
        }
    }

    /** Whether nothing more of it is to be read: it has come, or will not come. */
    boolean isOver() {
        return read || clientFailed || isHeldBack();
    }

    /**
     * The next part, though it is handed on to nobody.
     *
     * @param later called when there is more, if there is nothing now: the answer is null then
     */
    Content.@Nullable Chunk readUnwanted(Runnable later) {
        synchronized (lock) {
            if (demanded) {
                waiting = later;
                return null;
            }
            Content.Chunk chunk = next();
            if (chunk != null) {
                return chunk;
            }
            waiting = later;
        }
        demand();
        return null;
    }

    /** Whether the client sends nothing of it before it is told to, which it was not. */
    private boolean isHeldBack() {
        return untouched && client.getHeaders().contains(HttpHeader.EXPECT);
    }

    @Override
    public void fail(Throwable failure) {
        // the client is not to blame: its request goes to another node, or is answered by the proxy
    }

    /** Whether the proxy waits for more of it. */
    boolean isAwaited() {
        synchronized (lock) {
            return demanded && !closed;
        }
    }

    /** Whether somebody waits for more of it. */
    boolean isDemanded() {
        synchronized (lock) {
            return demanded;
        }
    }

    /** How many bytes of it have come. */
    long received() {
        synchronized (lock) {
            return length.received();
        }
    }

    /** The client is waited for no more. */
    void giveUp() {
        clientFailed = true;
        close();
    }

    /** Whether nothing was handed on yet. */
    boolean isUntouched() {
        return untouched;
    }

    /** Whether reading ended because of the client: it left, broke the rules, or sends too much. */
    boolean clientFailed() {
        return clientFailed || tooLong;
    }
}
