package io.limpet.proxy;

import io.limpet.proxy.upstream.NodeResponse;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Hands a response's head and body on to the client: each part at once, as fast as the client takes them, and the trailers
 * behind the last. A head whose body has not come yet does not wait for it.
 */
final class ResponseBody extends IteratingCallback {

    private final NodeResponse node;
    private final Response client;
    private final TakingPace pace;
    private final Runnable delivered;
    private final Consumer<Throwable> broken;
    private final Invocable.Task onContent = Invocable.from(InvocationType.NON_BLOCKING, this::iterate);
    private final boolean headAlone;
    private final boolean mayHaveTrailers;
    private boolean last;
    private Content.@Nullable Chunk chunk;
    private volatile @Nullable HttpFields trailers;

    /**
     * @param pace hears of each write
     * @param delivered called when all of it was written
     * @param broken called when either side broke off
     */
    ResponseBody(NodeResponse node, Response client, TakingPace pace, Runnable delivered, Consumer<Throwable> broken) {
        this.node = node;
        this.client = client;
        this.pace = pace;
        this.delivered = delivered;
        this.broken = broken;
        Request request = client.getRequest();
        this.headAlone = isWithoutLength(node, HttpMethod.HEAD.is(request.getMethod()));
        this.mayHaveTrailers = node.fields().contains(HttpHeader.TRANSFER_ENCODING)
                && request.getConnectionMetaData().getHttpVersion().getVersion() >= HttpVersion.HTTP_1_1.getVersion();
    }

    /** A response that has no body for another reason than being empty: a length of 0 would be a lie (RFC 9110 §8.6). */
    private static boolean isWithoutLength(NodeResponse node, boolean toHead) {
        boolean bodiless =
                toHead || node.status() == HttpStatus.NO_CONTENT_204 || node.status() == HttpStatus.NOT_MODIFIED_304;
        return bodiless && !node.fields().contains(HttpHeader.CONTENT_LENGTH);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() throws Throwable {
        if (last) {
            return Action.SUCCEEDED;
        }
        chunk = node.read();
        if (chunk == null) {
            return client.isCommitted() ? awaitContent() : writeHead();
        }
        if (Content.Chunk.isFailure(chunk)) {
            throw chunk.getFailure();
        }
        if (headAlone && !client.isCommitted()) {
            return writeHead();
        }
        if (chunk instanceof Trailers found) {
            trailers = TrailerFields.passing(found.getTrailers());
        }
        last = chunk.isLast();
        announceTrailers(!last || trailers != null);
        pace.writes(chunk.remaining());
        client.write(last, chunk.getByteBuffer(), this);
        return Action.SCHEDULED;
    }

    private Action awaitContent() {
        node.demand(onContent);
        return Action.IDLE;
    }

    private Action writeHead() {
        announceTrailers(!headAlone);
        pace.writes(0);
        client.write(false, BufferUtil.EMPTY_BUFFER, this);
        return Action.SCHEDULED;
    }

    private void announceTrailers(boolean possible) {
        if (possible && mayHaveTrailers && !client.isCommitted()) {
            client.setTrailersSupplier(() -> trailers);
        }
    }

    @Override
    protected void onSuccess() {
        pace.done();
        releaseChunk();
    }

    @Override
    protected void onCompleteSuccess() {
        delivered.run();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        pace.done();
        releaseChunk();
        node.fail(cause);
        broken.accept(cause);
    }

    private void releaseChunk() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
