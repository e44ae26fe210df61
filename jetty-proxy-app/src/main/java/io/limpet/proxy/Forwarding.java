package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Nodes;
import io.limpet.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request: choose a node, try it, and when nothing came of it choose another, as far as {@link Retry}
 * allows.
 *
 * <p>One attempt at a time, each on the thread where the one before failed.
 */
final class Forwarding {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Rules rules;
    private final ClientSide client;
    private final ClientSession session;
    private final List<Route> tried = new ArrayList<>(1);
    private int losses;

    Forwarding(Rules rules, ClientSide client, ClientSession session) {
        this.rules = rules;
        this.client = client;
        this.session = session;
    }

    ClientSide client() {
        return client;
    }

    /** Sends the request to the node that the rules choose, of those not yet tried. */
    void next() {
        Nodes nodes = rules.health().nodes();
        Choice choice = rules.chooser().choose(session.presented(), nodes, tried);
        if (choice instanceof Choice.Served served) {
            attempt(served, nodes).send();
            return;
        }
        client.answer(ErrorPage.unavailable(rules.retryAfterSeconds()));
    }

    private Attempt attempt(Choice.Served choice, Nodes nodes) {
        Request request = client.request();
        String pathQuery = ClientSession.pathQuery(
                request.getHttpURI().getPathQuery(), rules.names().pathParameters(), rules.routes(), nodes);
        ForwardedRequest forwarded =
                new ForwardedRequest(rules.http(), choice.node().uri(), request.getMethod(), pathQuery);
        forwarded.headers(headers -> RequestHead.write(request, session, choice, headers));
        forwarded.idleTimeout(rules.idle().toMillis(), TimeUnit.MILLISECONDS);
        RequestBody body = new RequestBody(request);
        if (RequestBody.isIn(request)) {
            forwarded.body(body);
        }
        return new Attempt(this, choice, body, forwarded);
    }

    /** The node answers: status and header fields go to the client. */
    void begin(Attempt attempt, Response response) {
        rules.responseHead()
                .write(
                        response,
                        attempt.choice().node(),
                        ClientOrigin.of(client.request()),
                        session,
                        client.response());
    }

    /** The attempt brought no response. */
    void failed(Attempt attempt, Throwable cause, Failure failure) {
        Node node = attempt.choice().node();
        if (failure == Failure.REFUSED) {
            rules.health().refused(node, "no connection to " + node.uri() + ": " + Failure.describe(cause));
        }
        losses += failure == Failure.LOST || failure == Failure.NOT_SENT ? 1 : 0;
        switch (Retry.after(
                failure, client.request().getMethod(), attempt.body().isUntouched(), losses)) {
            case SAME_NODE -> attempt(attempt.choice(), rules.health().nodes()).sendOnNewConnection(rules.http());
            case NEXT_NODE -> {
                tried.add(node.route());
                losses = 0;
                next();
            }
            case GIVE_UP -> giveUp(node, cause, failure);
        }
    }

    private void giveUp(Node node, Throwable cause, Failure failure) {
        switch (failure) {
            case TIMED_OUT -> client.answer(new ErrorPage(504));
            case OVERLOADED -> client.answer(ErrorPage.unavailable(rules.retryAfterSeconds()));
            case CLIENT -> client.clientFailed(cause);
            case REFUSED, NOT_SENT, LOST, MALFORMED -> client.answer(new ErrorPage(502));
        }
        if (failure != Failure.CLIENT) {
            LOG.warn(
                    "{} was not answered by node '{}': {} ({}); the client was told {}",
                    client.request().getMethod(),
                    node,
                    failure,
                    Failure.describe(cause),
                    client.response().getStatus());
        }
    }
}
