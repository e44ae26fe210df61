package io.limpet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
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

    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private final HttpServletResponse servletResponse;
    private final AsyncContext async;
    private final Request request;
    private final Response response;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean completed = new AtomicBoolean();

    private ClientSide(HttpServletResponse servletResponse, AsyncContext async, Request request, Response response) {
        this.servletResponse = servletResponse;
        this.async = async;
        this.request = request;
        this.response = response;
    }

    /** Takes the request out of the servlet's thread; it lasts until it is ended here. */
    static ClientSide begin(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
        ServletContextRequest core = ServletContextRequest.getServletContextRequest(servletRequest);
        AsyncContext async = servletRequest.startAsync();
        async.setTimeout(0);
        // the wrapped response: the servlet's own would take Content-Type apart and put it together again
        Response response = core.getServletContextResponse().getWrapped();
        ClientSide client = new ClientSide(servletResponse, async, core, response);
        async.addListener(new OnClientFailure(client));
        return client;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    /** The response has been written. */
    void complete() {
        if (ended.compareAndSet(false, true)) {
            release();
        }
    }

    /** Reading from the client failed: it left, was silent for too long, or broke the rules. */
    void clientFailed(Throwable cause) {
        if (ended.get()) {
            release();
            return;
        }
        answer(new ErrorPage(cause instanceof TimeoutException ? 408 : 400));
    }

    /** Gives the request back to the server, which allows it once. */
    private void release() {
        if (completed.compareAndSet(false, true)) {
            async.complete();
        }
    }

    /** Answers with a page of the proxy's own; when a response has begun already, it can only be cut off. */
    void answer(ErrorPage page) {
        if (response.isCommitted()) {
            abort();
            return;
        }
        if (ended.compareAndSet(false, true)) {
            page.write(request, response, Callback.from(this::release, failure -> release()));
        }
    }

    /** Cuts the connection, so that the client cannot take what it has for the whole response. */
    void abort() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            // Jetty's servlets cut the connection for this status
            servletResponse.sendError(-1);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the client's connection was gone before it was cut", e);
        } finally {
            release();
        }
    }
}
