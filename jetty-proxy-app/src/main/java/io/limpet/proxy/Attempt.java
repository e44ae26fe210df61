package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to one node: either its response goes to the client, or {@link Forwarding#failed} hears how it failed.
 *
 * <p>Called by the HTTP client, one thread at a time.
 */
final class Attempt implements Response.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Forwarding forwarding;
    private final Choice.Served choice;
    private final RequestBody body;
    private final ForwardedRequest request;
    private volatile boolean connected;
    private volatile boolean answered;

    Attempt(Forwarding forwarding, Choice.Served choice, RequestBody body, ForwardedRequest request) {
        this.forwarding = forwarding;
        this.choice = choice;
        this.body = body;
        this.request = request;
    }

    Choice.Served choice() {
        return choice;
    }

    RequestBody body() {
        return body;
    }

    /** Sends the request on any connection. */
    void send() {
        choice.member().inFlight().enter();
        request.onRequestBegin(begun -> useConnection());
        request.send(this);
    }

    /** Nothing was written yet: the last moment at which a request can be taken back that cannot be repeated. */
    private void useConnection() {
        boolean once = Retry.after(Failure.LOST, request.getMethod(), request.getBody() == null, 1) == Retry.GIVE_UP;
        if (once && StaleConnection.is(request.getConnection())) {
            var unused = request.abort(new AsynchronousCloseException());
            return;
        }
        connected = true;
    }

    /** Sends the request on a connection that was never used, which cannot be a stale one, and is not used again. */
    void sendOnNewConnection(HttpClient client) {
        choice.member().inFlight().enter();
        request.headers(headers -> headers.add(new HttpField(HttpHeader.CONNECTION, "close")));
        client.resolveDestination(request).newConnection(Promise.from(this::sendOn, this::notConnected));
    }

    private void sendOn(Connection connection) {
        connected = true;
        connection.send(request, this);
    }

    private void notConnected(Throwable cause) {
        choice.member().inFlight().leave();
        forwarding.failed(this, cause, Failure.of(cause, false, body.clientFailed()));
    }

    /** The response's head is here, and its body as it comes. */
    @Override
    public void onContentSource(Response response, Content.Source content) {
        answered = true;
        if (response.getStatus() < 200) {
            // a switch of protocols that nobody asked for: what follows would not be HTTP
            broken(new IllegalStateException("unexpected status " + response.getStatus()));
            end();
            return;
        }
        forwarding.begin(this, response);
        Content.copy(content, forwarding.client().response(), Callback.from(this::delivered, this::broken));
    }

    private void delivered() {
        forwarding.client().complete();
        if (!body.isUntouched() && !body.isSent()) {
            // answered before it had read everything: what is left has no reader
            end();
        }
    }

    private void end() {
        var unused = request.abort(new CancellationException("the client has its answer"));
    }

    private void broken(Throwable cause) {
        LOG.debug("response of node '{}' was cut off", choice.node(), cause);
        forwarding.client().answer(new ErrorPage(502));
    }

    @Override
    public void onComplete(Result result) {
        choice.member().inFlight().leave();
        if (answered) {
            return;
        }
        Throwable cause = result.getFailure();
        if (cause == null) {
            cause = new IllegalStateException("no response");
        }
        forwarding.failed(this, cause, Failure.of(cause, connected, body.clientFailed()));
    }
}
