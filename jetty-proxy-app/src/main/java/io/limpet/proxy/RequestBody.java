package io.limpet.proxy;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The client's body for one attempt at one node. Nothing of it is read before there is a connection to the node, so a
 * refused connection leaves it whole for the next.
 *
 * <p>Called by the HTTP client, one thread at a time; {@link #isUntouched()} and {@link #clientFailed()} by any.
 */
final class RequestBody implements Request.Content {

    private final org.eclipse.jetty.server.Request client;
    private volatile boolean untouched = true;
    private volatile boolean sent;
    private volatile boolean clientFailed;

    RequestBody(org.eclipse.jetty.server.Request client) {
        this.client = client;
    }

    /** Whether a request has a body at all (RFC 9112 §6). */
    static boolean isIn(org.eclipse.jetty.server.Request request) {
        return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    @Override
    public long getLength() {
        return client.getLength();
    }

    /** None but the client's own: the HTTP client would add one. */
    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public Content.@Nullable Chunk read() {
        untouched = false;
        Content.Chunk chunk = client.read();
        if (Content.Chunk.isFailure(chunk)) {
            clientFailed = true;
        } else if (chunk != null && chunk.isLast()) {
            sent = true;
        }
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        untouched = false;
        client.demand(demandCallback);
    }

    @Override
    public void fail(Throwable failure) {
        // the client is not to blame: its request goes to another node, or is answered by the proxy
    }

    /** Whether nothing was read yet. */
    boolean isUntouched() {
        return untouched;
    }

    /** Whether all of it was handed on. */
    boolean isSent() {
        return sent;
    }

    /** Whether reading ended because of the client: it left, or broke the rules. */
    boolean clientFailed() {
        return clientFailed;
    }
}
