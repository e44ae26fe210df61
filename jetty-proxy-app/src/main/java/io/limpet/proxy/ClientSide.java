package io.limpet.proxy;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.relay.RelayedRequest;
import io.limpet.proxy.relay.RelayedResponse;
import io.limpet.proxy.trace.Trace;
import io.limpet.proxy.trace.Tracing;
import io.limpet.proxy.upstream.UpgradeTunnel;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of one proxied request: Jetty's own request and response under the servlet's, which read and write
 * byte buffers without copying them, keep header values as they are, and send what is written at once.
 *
 * <p>One thread at a time; which one may change. The request ends exactly once, by {@link #complete()}, {@link
 * #answer} or {@link #abort()}; later calls do nothing.
 */
final class ClientSide {

    /** Hears of the client. */
    interface Listener {
        /** The client has left, or sends what no request is: nobody waits for the answer. */
        void left(Throwable cause);

        /** The answer is written: whoever still reads the request is to end, and then the task is run. */
        void answered(Runnable task);

        /** The connection is cut: nobody is to read the request any more. */
        void cut();

        /** The request is given back to the server. */
        void released();
    }

    /** How it ended, if it has; in one field, lest somebody see it ended and not how. */
    private enum End {
        NONE,
        ANSWERED,
        CUT
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private final RequestLane lane;
    private final Request request;
    private final Response response;
    private final AtomicReference<End> end = new AtomicReference<>(End.NONE);
    private final AtomicBoolean completed = new AtomicBoolean();
    private final Journal journal;
    private final Trace trace;
    private int attempts; // read behind the choice, which is written last
    private volatile Choice choice = new Choice.Refused();
    private @Nullable Listener listener;
    private @Nullable DepartureWatch watch;

    private ClientSide(RequestLane lane, Request request, Response response, Journal journal, Trace trace) {
        this.lane = lane;
        this.journal = journal;
        this.trace = trace;
        this.request = request;
        this.response = response;
    }

    /** Takes the request out of the servlet's thread; it lasts until it is ended here. */
    static ClientSide begin(
            HttpServletRequest servletRequest, HttpServletResponse servletResponse, Journal journal, Tracing tracing) {
        journal.begun();
        ServletContextRequest core = ServletContextRequest.getServletContextRequest(servletRequest);
        AsyncContext async = servletRequest.startAsync();
        async.setTimeout(0);
        // the wrapped response: the servlet's own would take Content-Type apart and put it together again
        Response response = core.getServletContextResponse().getWrapped();
        RequestLane lane = new ServletLane(core, servletResponse, async);
        Request asked = WebSocketStream.of(core);
        ClientSide client = new ClientSide(lane, asked, response, journal, tracing.begin(asked));
        async.addListener(new OnClientFailure(client));
        return client;
    }

    /** A request of the fast lane. */
    static ClientSide begin(RelayedRequest request, RelayedResponse response, Journal journal, Tracing tracing) {
        journal.begun();
        return new ClientSide(new FastLane(request), request, response, journal, tracing.begin(request));
    }

    Request request() {
        return request;
    }

    RequestLane lane() {
        return lane;
    }

    Response response() {
        return response;
    }

    Trace trace() {
        return trace;
    }

    /** Where the request goes now: the last one counts. */
    void goesTo(Choice chosen) {
        attempts += chosen instanceof Choice.Served ? 1 : 0;
        choice = chosen;
    }

    /** The node has not served it but told where to: that attempt counts for none. */
    void isSentOn() {
        attempts--;
    }

    /** Whether it speaks HTTP/1.1, neither older nor newer. */
    boolean speaksHttp11() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    }

    /** Who hears of the client, from before anything is forwarded. */
    void heardBy(Listener by, Departures departures) {
        listener = by;
        watch = lane.watch(departures, this::left).orElse(null);
    }

    /** It has left: nobody waits for what is under way, and nobody reads an answer. */
    void left(Throwable cause) {
        if (listener != null) {
            listener.left(cause);
        }
        abort();
    }

    /** Where it is found out whether the client is still there; empty when that shows by itself, or is over. */
    Optional<DepartureWatch> watch() {
        return isEnded() ? Optional.empty() : Optional.ofNullable(watch);
    }

    /** Says something before the answer (RFC 9110 §15.2), to clients that may be told. */
    CompletionStage<?> interim(int status, HttpFields fields) {
        return isOld() || isEnded() ? CompletableFuture.completedFuture(null) : response.writeInterim(status, fields);
    }

    private boolean isOld() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_1_1.getVersion();
    }

    private boolean isEnded() {
        return end.get() != End.NONE;
    }

    /** The response has been written. */
    void complete() {
        if (end.compareAndSet(End.NONE, End.ANSWERED)) {
            settle();
        }
    }

    private void settle() {
        if (listener == null) {
            release();
        } else {
            listener.answered(this::release);
        }
    }

    /** Sends the head of the 101 that was prepared; behind it the connection, or the stream, is the tunnel's. */
    void become(UpgradeTunnel tunnel, Duration idle) {
        Connection http = request.getConnectionMetaData().getConnection();
        boolean inStream = request instanceof WebSocketStream;
        Connection other = tunnel.clientSide(
                request instanceof WebSocketStream stream ? stream.endPoint() : http.getEndPoint(),
                request.getConnectionMetaData().getConnector().getExecutor(),
                idle);
        Request core = Request.unWrap(request);
        core.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, other);
        core.addHttpStreamWrapper(stream -> new TunnelStart(stream, tunnel));
        // to be the last would give a stream's answer a length, which it must not have (RFC 9110 §9.3.6)
        response.write(!inStream, BufferUtil.EMPTY_BUFFER, Callback.from(this::complete, cause -> {
            tunnel.close(cause);
            abort();
        }));
    }

    /** Reading from the client failed: it left, was silent for too long, or broke the rules. */
    void clientFailed(Throwable cause) {
        if (isEnded()) {
            release();
            return;
        }
        if (cause instanceof EOFException && ClientStream.of(request).isPresent()) {
            left(cause); // a stream that is over has no place for an answer, and another thread may be writing one
            return;
        }
        if (listener != null) {
            listener.left(cause);
        }
        if (cause instanceof BodyTooLongException) {
            answer(ErrorPage.contentTooLarge());
            return;
        }
        answer(new ErrorPage(cause instanceof TimeoutException ? 408 : 400));
    }

    /** Gives the request back to the server, which allows it once. */
    private void release() {
        if (completed.compareAndSet(false, true)) {
            if (watch != null) {
                watch.end();
            }
            if (listener != null) {
                listener.released();
            }
            Finished finished = new Finished(choice, attempts, status(), nanos(), request, response);
            journal.finished(finished);
            trace.end(finished);
            giveBack();
        }
    }

    private int status() {
        return end.get() == End.CUT && !response.isCommitted() ? Finished.CLIENT_LEFT : response.getStatus();
    }

    private long nanos() {
        return System.nanoTime() - request.getHeadersNanoTime();
    }

    private void giveBack() {
        try {
            lane.giveBack();
        } catch (IllegalStateException e) {
            LOG.debug("the connection was cut, and the server has taken the request back already", e);
        }
    }

    /** Answers with a page of the proxy's own; when a response has begun already, it can only be cut off. */
    void answer(ErrorPage page) {
        if (response.isCommitted()) {
            abort();
            return;
        }
        if (end.compareAndSet(End.NONE, End.ANSWERED)) {
            page.write(request, response, Callback.from(this::settle, failure -> settle()));
        }
    }

    /** Cuts the connection, so that the client cannot take what it has for the whole response. */
    void abort() {
        if (!end.compareAndSet(End.NONE, End.CUT)) {
            return;
        }
        if (listener != null) {
            listener.cut();
        }
        try {
            if (isOld()) {
                // to HTTP/1.0 the end of a connection is that of the response (RFC 9112 §6.3)
                EndPoints.resetWhenClosed(request.getConnectionMetaData().getConnection());
            }
            lane.cut();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the client's connection was gone before it was cut", e);
        } finally {
            release();
        }
    }
}
