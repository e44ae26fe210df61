package io.limpet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request: the head, and the body as fast as the node takes it and as it comes. Whatever of the body is there
 * already leaves together with the head, unless the node is to be asked first.
 */
final class RequestWriter extends IteratingCallback {

    private static final ByteBuffer[] NOTHING = {};

    /** Bytes of a body that are written while others wait for the same thread. */
    private static final long LONGEST_TURN = 1024 * 1024;

    private final Exchange exchange;
    private final EndPoint endPoint;
    private final Executor executor;
    private final OutgoingRequest request;
    private final boolean pooled;
    private final Invocable.Task onContent = Invocable.from(InvocationType.NON_BLOCKING, this::iterate);

    private boolean headSent;
    private long turn;
    private Content.@Nullable Chunk chunk;
    private @Nullable Throwable bodyFailure;
    private volatile boolean mayGoOn;
    private volatile boolean ending;
    private volatile boolean waitsForContent;
    private volatile long lastActive = NanoTime.now();

    /**
     * @param executor where it goes on after a turn
     * @param pooled whether the connection has carried a request before
     */
    RequestWriter(Exchange exchange, EndPoint endPoint, Executor executor, boolean pooled) {
        this.exchange = exchange;
        this.endPoint = endPoint;
        this.executor = executor;
        this.pooled = pooled;
        this.request = exchange.request();
        this.mayGoOn = !request.traits().expectsContinue();
    }

    /** The node wants the body, or nobody waits any longer for its word. */
    void goOn() {
        if (!mayGoOn) {
            mayGoOn = true;
            iterate();
        }
    }

    /** Whether the last write was begun: the request is whole as soon as that is done. */
    boolean isEnding() {
        return ending;
    }

    /** Whether it is the client's turn: it is not the node that is silent. */
    boolean waitsForContent() {
        return waitsForContent;
    }

    /** For how long the node, if it is its turn, has taken nothing of the request. */
    long millisSinceActive() {
        return NanoTime.millisSince(lastActive);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() {
        if (ending) {
            return Action.SUCCEEDED;
        }
        Content.Source body = request.body();
        if (body == null) {
            ending = true;
            return writeBehindHead(NOTHING);
        }
        if (!mayGoOn) {
            return headSent ? Action.IDLE : writeBehindHead(NOTHING);
        }
        if (turn >= LONGEST_TURN) {
            turn = 0;
            if (letsOthersPass()) {
                return Action.SCHEDULED;
            }
        }
        if (waitsForContent) {
            // before it is the node's turn: the time that the client has taken is not the node's
            lastActive = NanoTime.now();
            waitsForContent = false;
        }
        chunk = body.read();
        if (chunk == null) {
            return awaitContent(body);
        }
        if (Content.Chunk.isFailure(chunk)) {
            bodyFailure = chunk.getFailure();
            throw new IllegalStateException("the body has failed", bodyFailure);
        }
        ending = chunk.isLast();
        turn += chunk.remaining();
        return writeBehindHead(request.traits().chunked() ? inFrame(chunk) : plain(chunk));
    }

    /** Goes on behind those who wait there already: a client that sends as fast as its node takes keeps this thread. */
    private boolean letsOthersPass() {
        try {
            executor.execute(this::succeeded);
            return true;
        } catch (RejectedExecutionException e) {
            // too busy to be fair; half a request is no more to be had than a whole one
            return false;
        }
    }

    private Action awaitContent(Content.Source body) {
        if (!headSent) {
            return writeBehindHead(NOTHING);
        }
        waitsForContent = true;
        turn = 0;
        body.demand(onContent);
        return Action.IDLE;
    }

    private Action writeBehindHead(ByteBuffer[] content) {
        if (headSent) {
            if (content.length == 0) {
                succeeded();
            } else {
                endPoint.write(this, content);
            }
            return Action.SCHEDULED;
        }
        headSent = true;
        ByteBuffer[] all = new ByteBuffer[content.length + 1];
        all[0] = request.head().duplicate();
        System.arraycopy(content, 0, all, 1, content.length);
        exchange.listener().sending(pooled);
        endPoint.write(this, all);
        return Action.SCHEDULED;
    }

    private static ByteBuffer[] plain(Content.Chunk chunk) {
        return chunk.hasRemaining() ? new ByteBuffer[] {chunk.getByteBuffer()} : NOTHING;
    }

    /** RFC 9112 §7.1. */
    private static ByteBuffer[] inFrame(Content.Chunk chunk) {
        if (!chunk.hasRemaining()) {
            return chunk.isLast() ? new ByteBuffer[] {ascii("0\r\n"), trailers(chunk)} : NOTHING;
        }
        ByteBuffer size = ascii(Integer.toHexString(chunk.remaining()) + "\r\n");
        ByteBuffer end = ascii(chunk.isLast() ? "\r\n0\r\n\r\n" : "\r\n");
        return new ByteBuffer[] {size, chunk.getByteBuffer(), end};
    }

    private static ByteBuffer trailers(Content.Chunk last) {
        return last instanceof Trailers trailers ? RequestBytes.trailers(trailers.getTrailers()) : ascii("\r\n");
    }

    private static ByteBuffer ascii(String text) {
        return BufferUtil.toBuffer(text, StandardCharsets.US_ASCII);
    }

    @Override
    protected void onSuccess() {
        lastActive = NanoTime.now();
        releaseChunk();
    }

    @Override
    protected void onCompleteSuccess() {
        exchange.requestDone();
    }

    /**
     * When it is the node that takes no more, its answer may be there all the same: a 413 is often followed by a reset.
     * So only the client's failure ends the exchange here; of the node's the reader hears.
     */
    @Override
    protected void onCompleteFailure(Throwable cause) {
        releaseChunk();
        if (bodyFailure != null) {
            exchange.fail(bodyFailure);
        } else if (!endPoint.isOpen() || !(cause instanceof IOException)) { // else nobody would tell the client
            exchange.fail(cause);
        }
        exchange.requestBrokeOff();
    }

    private void releaseChunk() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
