package io.limpet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of one connection: up to the end of the head when bytes come, and the body when whoever got the
 * head asks for it.
 *
 * <p>One thread at a time: the selector's until there is a final head, then the reader's of the body.
 */
final class ResponseReader {

    /** A node that reports its progress every few seconds may do so for an hour; one that does nothing else is cut off. */
    private static final int MOST_INTERIMS = 1_000;

    /** Bytes of a body that are read while others wait for the same thread. */
    private static final long LONGEST_TURN = 1024 * 1024;

    private final NodeConnection connection;
    private final ResponseParser parser;
    private final ByteBufferPool buffers;
    private final Input input;
    private final AtomicReference<@Nullable Runnable> demand = new AtomicReference<>();

    private volatile @Nullable Exchange exchange;
    private volatile boolean headRead;
    private volatile boolean interimUntaken;
    private int interims;
    private long turn;
    private ResponseParser.@Nullable Event ahead;

    ResponseReader(NodeConnection connection, ResponseParser parser, ByteBufferPool buffers) {
        this.connection = connection;
        this.parser = parser;
        this.buffers = buffers;
        this.input = new Input(buffers);
    }

    void begin(Exchange next) {
        exchange = next;
        headRead = false;
        interims = 0;
        turn = 0;
        parser.begin(next.request().isHead());
    }

    /** Whether what has come was handed on, and nobody asks for more at the moment. */
    boolean waitsForReader() {
        return interimUntaken || (headRead && demand.get() == null);
    }

    void onFillable() {
        if (headRead) {
            wake();
        } else {
            readHead();
        }
    }

    /** Whoever waits for more of the body looks again. */
    void wake() {
        Runnable waiting = demand.getAndSet(null);
        if (waiting != null) {
            waiting.run();
        }
    }

    private void readHead() {
        Exchange current = exchange;
        while (current != null && !headRead) {
            switch (parser.next(input.bytes())) {
                case HEAD -> {
                    if (!goesOnBehind(current)) {
                        return;
                    }
                }
                case NEED_BYTES -> {
                    if (!fill(current)) {
                        return;
                    }
                }
                case CONTENT, END, FAILED -> {
                    failed(current, parser.failure());
                    return;
                }
            }
        }
    }

    /** Hands a head on; whether it was an interim one, and the next can be read at once. */
    private boolean goesOnBehind(Exchange current) {
        int status = parser.status();
        if (status == HttpStatus.SWITCHING_PROTOCOLS_101) {
            headRead = true;
            switchProtocols(current);
            return false;
        }
        if (!HttpStatus.isInformational(status)) {
            headRead = true;
            if (current.answers()) {
                current.listener().answered(new NodeResponse(this, current, parser.status(), parser.fields()));
            } else {
                input.release();
            }
            return false;
        }
        if (++interims > MOST_INTERIMS) {
            failed(current, new MalformedResponseException("more than " + MOST_INTERIMS + " heads and no answer"));
            return false;
        }
        CompletableFuture<?> handedOn =
                current.listener().interim(status, parser.fields()).toCompletableFuture();
        if (handedOn.isDone()) {
            interimDone(current, status);
            return true;
        }
        interimUntaken = true;
        var unused = handedOn.whenComplete((result, failure) -> {
            // before it is the node's turn: the time that the client has taken is not the node's
            connection.active();
            interimUntaken = false;
            interimDone(current, status);
            readHead();
        });
        return false;
    }

    private static void interimDone(Exchange current, int status) {
        if (status == HttpStatus.CONTINUE_100) {
            current.goOn();
        }
    }

    private void switchProtocols(Exchange current) {
        if (!current.request().traits().upgrades()) {
            failed(current, new MalformedResponseException("101 although nothing else than HTTP was asked for"));
            return;
        }
        ByteBuffer sent = BufferUtil.copy(input.bytes());
        input.release();
        HttpFields fields = parser.fields();
        current.afterRequest(() -> tunnel(current, fields, sent));
    }

    private void tunnel(Exchange current, HttpFields fields, ByteBuffer sent) {
        UpgradeTunnel tunnel =
                new UpgradeTunnel(connection, current, sent, buffers, fields.contains(HttpHeader.UPGRADE, "websocket"));
        if (!connection.become(tunnel)) {
            current.fail(new MalformedResponseException("nothing behind a 101"));
            return;
        }
        if (current.answers()) {
            current.listener().switched(fields, tunnel);
        }
    }

    /** The next part of the body; null when it has not come yet. After the last part the connection serves another. */
    Content.@Nullable Chunk read(Exchange current) {
        Throwable before = current.failure();
        if (before != null) {
            input.release();
            return Content.Chunk.from(before, true);
        }
        while (true) {
            ResponseParser.Event event = ahead == null ? parser.next(input.bytes()) : ahead;
            ahead = null;
            switch (event) {
                case CONTENT -> {
                    return content(current, parser.content());
                }
                case END -> {
                    Content.Chunk last =
                            parser.trailers() == null ? Content.Chunk.EOF : new Trailers(parser.trailers());
                    end(current);
                    return last;
                }
                case NEED_BYTES -> {
                    if (turn >= LONGEST_TURN) {
                        turn = 0;
                        input.release();
                        return null; // as if nothing were there: whoever asks for more is called by the selector
                    }
                    if (!fill(current)) {
                        Throwable failure = current.failure();
                        if (failure != null) {
                            return Content.Chunk.from(failure, true);
                        }
                        if (ahead == null) {
                            return null;
                        }
                    }
                }
                case HEAD, FAILED -> {
                    failed(current, parser.failure());
                    return Content.Chunk.from(parser.failure(), true);
                }
            }
        }
    }

    private Content.Chunk content(Exchange current, ByteBuffer part) {
        RetainableByteBuffer holder = input.retain();
        // one look further: what is known to be the last part leaves in one write with the end of the message
        ahead = parser.next(input.bytes());
        boolean last = ahead == ResponseParser.Event.END && parser.trailers() == null;
        if (last) {
            ahead = null;
            end(current);
        }
        return Content.Chunk.asChunk(part, last, holder);
    }

    private void end(Exchange current) {
        // what stands behind the end was not asked for
        boolean persistent = parser.isPersistent() && !current.request().closes() && input.isEmpty();
        input.release();
        exchange = null;
        current.responseDone(persistent);
    }

    /** What is called when {@link #read} is worth another try. */
    void demand(Runnable callback) {
        // before it is the node's turn: the time that the reader has taken is not the node's
        connection.active();
        if (!demand.compareAndSet(null, callback)) {
            throw new IllegalStateException("somebody else waits for this body");
        }
        if (ahead != null || !input.isEmpty()) {
            wake();
            return;
        }
        connection.listen();
    }

    /** Nobody will read the rest. */
    void fail(Exchange current, Throwable cause) {
        failed(current, cause);
    }

    private void failed(Exchange current, Throwable cause) {
        input.release();
        current.fail(cause);
    }

    /** Reads from the node; false when nothing has come, or nothing will come any more. */
    private boolean fill(Exchange current) {
        try {
            int filled = connection.getEndPoint().fill(input.space());
            if (filled > 0) {
                connection.active();
                turn += filled;
                return true;
            }
            if (filled < 0) {
                atEnd(current);
                return false;
            }
            input.release();
            turn = 0;
            if (!headRead) {
                connection.listen();
            }
            return false;
        } catch (IOException e) {
            failed(current, parser.isUntouched() ? e : new MalformedResponseException("the node has broken off", e));
            return false;
        }
    }

    private void atEnd(Exchange current) {
        ResponseParser.Event last = parser.end();
        if (headRead && last == ResponseParser.Event.END) {
            ahead = last;
            return;
        }
        failed(current, parser.failure());
    }
}
