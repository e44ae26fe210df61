package io.limpet.proxy;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The client's body, on its way to whichever node gets it. Nothing of it is read before there is a connection to the
 * node, so a refused connection leaves it whole for the next.
 *
 * <p>One thread at a time reads; the questions may be asked by any.
 */
final class RequestBody implements Content.Source {

    private final Request client;
    private final boolean present;
    private Content.@Nullable Chunk first;
    private volatile boolean untouched = true;
    private volatile boolean read;
    private volatile boolean clientFailed;

    private RequestBody(Request client, boolean present, Content.@Nullable Chunk first) {
        this.client = client;
        this.present = present;
        this.first = first;
        this.read = !present;
    }

    /** The body of this request, which may be none (RFC 9112 §6, RFC 9113 §8.1). */
    static RequestBody of(Request request) {
        if (request.getLength() >= 0) {
            return new RequestBody(request, request.getLength() > 0, null);
        }
        if (request.getConnectionMetaData().getHttpVersion().getVersion() <= HttpVersion.HTTP_1_1.getVersion()) {
            return new RequestBody(request, request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING), null);
        }
        // in HTTP/2 a body needs no field of its own: only its end tells that there is none
        Content.Chunk first = request.read();
        boolean none = first != null
                && first.isLast()
                && !first.hasRemaining()
                && !Content.Chunk.isFailure(first)
                && !(first instanceof Trailers);
        return new RequestBody(request, !none, none ? null : first);
    }

    /** Whether there is one at all. */
    boolean isPresent() {
        return present;
    }

    /** Whether nobody knows how long it is. */
    boolean isChunked() {
        return present && client.getLength() < 0;
    }

    @Override
    public Content.@Nullable Chunk read() {
        untouched = false;
        Content.Chunk chunk = first == null ? client.read() : first;
        first = null;
        if (chunk == null) {
            return null;
        }
        if (Content.Chunk.isFailure(chunk)) {
            clientFailed = true;
            return chunk;
        }
        read = chunk.isLast();
        return chunk instanceof Trailers trailers ? TrailerFields.passing(trailers) : chunk;
    }

    @Override
    public void demand(Runnable callback) {
        untouched = false;
        client.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
        // the client is not to blame: its request goes to another node, or is answered by the proxy
    }

    /** Whether nothing was read yet. */
    boolean isUntouched() {
        return untouched;
    }

    /** Whether all of it was read. */
    boolean isRead() {
        return read;
    }

    /** Whether reading ended because of the client: it left, or broke the rules. */
    boolean clientFailed() {
        return clientFailed;
    }
}
