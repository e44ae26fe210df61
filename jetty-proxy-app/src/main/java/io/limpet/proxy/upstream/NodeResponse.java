package io.limpet.proxy.upstream;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A node's final response: the head, and the body as it comes, without framing. Trailers are the last chunk ({@link
 * org.eclipse.jetty.http.Trailers}); a part that is known to be the last one says so.
 *
 * <p>One thread at a time reads it, to its end or until it {@linkplain #fail gives up}. What breaks on the way is a
 * failure chunk, and lasting.
 */
public final class NodeResponse implements Content.Source {

    private final ResponseReader reader;
    private final Exchange exchange;
    private final int status;
    private final HttpFields fields;
    private Content.@Nullable Chunk terminal;

    NodeResponse(ResponseReader reader, Exchange exchange, int status, HttpFields fields) {
        this.reader = reader;
        this.exchange = exchange;
        this.status = status;
        this.fields = fields;
    }

    /** 200 to 999. */
    public int status() {
        return status;
    }

    /** The header section, in the node's order. */
    public HttpFields fields() {
        return fields;
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (terminal != null) {
            return terminal;
        }
        Content.Chunk chunk = reader.read(exchange);
        if (chunk != null && chunk.isLast()) {
            terminal = Content.Chunk.next(chunk);
        }
        return chunk;
    }

    @Override
    public void demand(Runnable callback) {
        if (terminal != null) {
            callback.run();
            return;
        }
        reader.demand(callback);
    }

    @Override
    public void fail(Throwable cause) {
        if (terminal == null) {
            terminal = Content.Chunk.from(cause, true);
            reader.fail(exchange, cause);
        }
    }
}
