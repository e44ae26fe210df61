package io.limpet.proxy;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The client's body, on its way to whichever node gets it. Nothing of it is handed on before there is a connection to
 * the node, so a refused connection leaves it whole for the next.
 *
 * <p>One thread at a time reads, until it is closed by another; the questions may be asked by any.
 */
final class RequestBody implements Content.Source {

    /** More than this of what nobody wants is not waited for. */
    private static final long MOST_DISCARDED = 16 * 1024 * 1024;

    /** A part and the end behind it: they may be held for as long as the request waits. */
    private static final int MOST_AHEAD = 2;

    /** The client sends more than it may. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long longest) {
            super("the body is longer than " + longest + " bytes");
        }
    }

    private final Request client;
    private final boolean present;
    private final long longest;
    private final Invocable.Task onContent =
            Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::contentIsThere);
    private final Object lock = new Object();
    private @Nullable Runnable waiting;
    private boolean demanded;
    private boolean closed;
    private boolean unwanted;
    private long wanted;
    private long discarded;
    private long received;
    private final Deque<Content.Chunk> ahead = new ArrayDeque<>(MOST_AHEAD);
    private volatile boolean untouched = true;
    private volatile boolean read;
    private volatile boolean clientFailed;
    private volatile boolean tooLong;

    private RequestBody(Request client, boolean present, long longest, Content.@Nullable Chunk first) {
        this.client = client;
        this.present = present;
        this.longest = longest;
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
        return longest > 0 && client.getLength() > longest;
    }

    @Override
    public Content.@Nullable Chunk read() {
        synchronized (lock) {
            return closed ? Content.Chunk.from(new ClosedChannelException(), true) : limited(next());
        }
    }

    private Content.@Nullable Chunk limited(Content.@Nullable Chunk chunk) {
        if (chunk == null || longest == 0 || received <= longest) {
            return chunk;
        }
        chunk.release();
        tooLong = true;
        return Content.Chunk.from(new TooLongException(longest), true);
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
        received += chunk.remaining();
        if (!isAsLongAsSaid(chunk.isLast())) {
            chunk.release();
            clientFailed = true;
            return Content.Chunk.from(new ProtocolException("the body is not as long as its Content-Length"), true);
        }
        read = chunk.isLast();
        return chunk instanceof Trailers trailers ? TrailerFields.passing(trailers) : chunk;
    }

    /**
     * RFC 9113 §8.1.1. Jetty looks at frames with data only: a stream that ends with its head, or with trailers, may lack
     * all of its body, and the node would take the next request for it.
     */
    private boolean isAsLongAsSaid(boolean last) {
        long said = client.getLength();
        return said < 0 || (last ? received == said : received <= said);
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
                ahead.add(ownCopy(chunk));
            }
            return Optional.empty();
        }
    }

    private boolean needsMore() {
        return !hasArrived() && ahead.size() < MOST_AHEAD;
    }

    private static Content.Chunk ownCopy(Content.Chunk chunk) {
        if (!chunk.hasRemaining()) {
            return chunk;
        }
        Content.Chunk copy = Content.Chunk.from(BufferUtil.copy(chunk.getByteBuffer()), chunk.isLast());
        chunk.release();
        return copy;
    }

    /** Whether the client has sent all of it, as far as that was looked at. */
    boolean hasArrived() {
        synchronized (lock) {
            return read || (!ahead.isEmpty() && ahead.getLast().isLast());
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

    /**
     * Reads what is left and lets it fall, for a while: a connection that is closed with unread bytes is reset, and the
     * client may never see its answer (RFC 9112 §9.6).
     */
    void discard(Runnable done) {
        close();
        if (read || clientFailed || isHeldBack()) {
            done.run();
            return;
        }
        synchronized (lock) {
            unwanted = true;
            wanted = received;
            if (demanded) {
                waiting = () -> drain(done);
                return;
            }
        }
        drain(done);
    }

    /** Whether the client sends nothing of it before it is told to, which it was not. */
    private boolean isHeldBack() {
        return untouched && client.getHeaders().contains(HttpHeader.EXPECT);
    }

    private void drain(Runnable done) {
        while (!read && discarded < MOST_DISCARDED) {
            Content.Chunk chunk;
            synchronized (lock) {
                chunk = next();
                if (chunk == null) {
                    waiting = () -> drain(done);
                }
            }
            if (chunk == null) {
                demand();
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                break;
            }
            discarded += chunk.remaining();
            chunk.release();
        }
        done.run();
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

    /** How many bytes of it have come. */
    long received() {
        synchronized (lock) {
            return received;
        }
    }

    /** Whether the proxy waits for more of what nobody wants. */
    boolean isAwaitedInVain() {
        synchronized (lock) {
            return demanded && unwanted;
        }
    }

    /** How many bytes of it nobody wanted. */
    long unwanted() {
        synchronized (lock) {
            return received - wanted;
        }
    }

    /** What nobody wants is waited for no more: over HTTP/2 its stream is reset, without a reproach (RFC 9113 §8.1). */
    void stopDiscarding() {
        synchronized (lock) {
            unwanted = false;
        }
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
