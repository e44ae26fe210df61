package io.limpet.proxy;

import static java.util.Objects.requireNonNull;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.proxy.upstream.OutgoingRequest;
import io.limpet.proxy.upstream.UpgradeTunnel;
import io.limpet.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request: choose a node, try it, and when nothing came of it choose another, as far as {@link Retry}
 * allows.
 *
 * <p>One attempt at a time, each on the thread where the one before failed. The patrol's thread and the client's may
 * come between.
 */
final class Forwarding implements ClientSide.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Rules rules;
    private final ClientSide client;
    private final ClientSession session;
    private final RequestBody body;
    private final Leftover leftover;
    private final Lookout lookout;
    private final List<Route> tried = new ArrayList<>(1);
    private final Detours detours;
    private final ExpectedTunnel tunnel;
    private volatile @Nullable Attempt current;
    private volatile boolean gone;
    private volatile Runnable leavesTheLine = () -> {};

    /** Where it was this request's turn to move to: each node takes over at its own rate. */
    private final List<Route> admitted = new ArrayList<>(0);

    /** Whether the attempt under way is the second at its node. */
    private boolean again;

    /** Where it met the end of a pooled connection first, while others are asked; null before, and when it is asked again. */
    private Choice.@Nullable Served spared;

    Forwarding(Rules rules, ClientSide client, ClientSession session) {
        this.rules = rules;
        this.client = client;
        this.session = session;
        this.body = RequestBody.of(client.request(), rules.limits().bodies().longest());
        this.leftover = new Leftover(client.request(), body);
        this.detours = new Detours(rules, client.request(), path(), body);
        this.tunnel = new ExpectedTunnel(rules.tunnels());
        this.lookout = new Lookout(client, body, leftover, rules.limits(), () -> Optional.ofNullable(current));
    }

    ClientSide client() {
        return client;
    }

    void begin() {
        client.heardBy(this, rules.departures());
        client.lane().begins(rules.patrol(), lookout);
        if (body.isAnnouncedTooLong()) {
            client.answer(ErrorPage.contentTooLarge());
            return;
        }
        if (!tunnel.mayBe(client.request(), rules.limits().connections())) {
            client.answer(ErrorPage.unavailable(rules.retryAfterSeconds()));
            return;
        }
        next();
    }

    /** Sends the request to the node that the rules choose, of those not yet tried. */
    private void next() {
        again = false;
        Nodes nodes = nodes();
        Choice choice = detours.choose(session, nodes, tried);
        boolean elsewhere = spared != null;
        if (elsewhere && !isReady(choice)) {
            passOver(choice);
            goBack();
            return;
        }
        if (choice instanceof Choice.Takeover takeover
                && !admitted.contains(takeover.node().route())) {
            takeOver(takeover, nodes);
            return;
        }
        if (choice instanceof Choice.Served served) {
            attempt(served, nodes, elsewhere);
            return;
        }
        refuse(choice);
    }

    private static boolean isReady(Choice choice) {
        return choice instanceof Choice.Served served && served.member().state() == NodeState.READY;
    }

    /** To the same node, which may be well: its connection was at its end. */
    private void sendAgain(Choice.Served choice) {
        again = true;
        attempt(choice, nodes(), true);
    }

    /** When it is the request's turn; an owner that is still there serves rather than that it is refused. */
    private void takeOver(Choice.Takeover takeover, Nodes nodes) {
        admitted.add(takeover.node().route());
        Optional<Choice.Owner> owner = takeover.postponed(nodes, tried);
        if (owner.filter(it -> it.member().state() == NodeState.MOVING).isPresent()) {
            attempt(rules.takeovers().mayMoveNow(takeover) ? takeover : owner.get(), nodes, false);
            return;
        }
        // one that has drained may be stopped at any moment: the last resort
        Runnable refusal = () -> owner.ifPresentOrElse(it -> attempt(it, nodes, false), this::notAdmitted);
        leavesTheLine =
                rules.takeovers().admit(takeover.member(), client.request().getComponents(), this::goOn, refusal);
        if (gone) { // looked at behind it, as left() writes it before it looks there
            leavesTheLine.run();
        }
    }

    /** The owner may be back, or the node down that was to take over. */
    private void goOn() {
        if (!gone) {
            next();
        }
    }

    private void notAdmitted() {
        rules.takeovers().line().refuse();
        refuse(new Choice.Nobody("too many sessions wait to be taken over"));
    }

    private void refuse(Choice choice) {
        client.goesTo(choice);
        client.answer(ErrorPage.unavailable(rules.retryAfterSeconds()));
    }

    /** As they stand for this request now. */
    private Nodes nodes() {
        return rules.states().nodes(path());
    }

    private String path() {
        String path = client.request().getHttpURI().getCanonicalPath();
        return path == null ? "/" : path;
    }

    private void attempt(Choice.Served choice, Nodes nodes, boolean onNewConnection) {
        if (gone) {
            return;
        }
        client.goesTo(choice);
        OutgoingRequest request;
        try {
            request = RequestHead.write(client, body, session, choice, rules, nodes);
        } catch (IllegalArgumentException e) {
            LOG.debug("a request that cannot be written in HTTP/1.1", e);
            client.answer(new ErrorPage(400));
            return;
        }
        Attempt attempt = new Attempt(this, choice);
        current = attempt;
        if (gone) { // looked at behind current, as left() writes it before it looks there
            return;
        }
        attempt.send(rules.upstream(), request, onNewConnection);
    }

    /** The node says something before its answer. */
    CompletionStage<?> interim(int status, HttpFields fields) {
        TakingPace taking = lookout.taking();
        taking.writes(0);
        return client.interim(status, ResponseHead.interim(fields)).whenComplete((taken, failure) -> taking.done());
    }

    /** The node answers. */
    void answered(Attempt attempt, NodeResponse response) {
        attempt.choice().member().share().answered();
        if (Upgrade.isMistakable(client.request(), response.status())) {
            String why = "no WebSocket, but " + response.status();
            attempt.abort(new IllegalStateException(why));
            refused(attempt, why);
            return;
        }
        if (detours.sendsOn(attempt.choice(), response)) {
            client.isSentOn();
            sendOn(response);
            return;
        }
        Runnable gone = () -> {
            tried.add(attempt.choice().node().route());
            sendOn(response);
        };
        if (detours.isElsewhere(attempt.choice(), response)) {
            gone.run();
            return;
        }
        if (detours.asks(attempt.choice(), response, gone, () -> pass(attempt, response))) {
            return;
        }
        pass(attempt, response);
    }

    private void sendOn(NodeResponse response) {
        Content.Source.consumeAll(response, Callback.from(this::goOn, cause -> goOn()));
    }

    private void pass(Attempt attempt, NodeResponse response) {
        tunnel.isNot(); // however long the answer is
        SessionNews.hear(attempt.choice(), response.fields(), rules.states().nodes());
        writeHead(attempt, response.status(), response.fields());
        new ResponseBody(
                        response,
                        client.response(),
                        lookout.taking(),
                        client::complete,
                        cause -> broken(attempt, cause))
                .iterate();
    }

    private void writeHead(Attempt attempt, int status, HttpFields fields) {
        rules.responseHead()
                .write(
                        status,
                        fields,
                        attempt.choice().node(),
                        () -> ClientOrigin.of(client.request(), rules.trustedProxies()),
                        session,
                        client.response());
    }

    private void broken(Attempt attempt, Throwable cause) {
        LOG.debug("response of node '{}' was cut off", attempt.choice().node(), cause);
        client.answer(new ErrorPage(502));
    }

    /** The node has switched protocols. */
    void switched(Attempt attempt, HttpFields fields, UpgradeTunnel opened) {
        if (gone) {
            opened.close(new EofException("the client has left"));
            return;
        }
        if (!Upgrade.isAnswered(client.request(), fields)) {
            opened.close(null);
            refused(attempt, "101 to another protocol");
            return;
        }
        try {
            become(attempt, fields, opened);
        } catch (RuntimeException e) { // of a request that the server has back: its client has left a moment ago
            LOG.debug("a tunnel that cannot begin", e);
            opened.close(e);
            client.abort();
        }
    }

    private void become(Attempt attempt, HttpFields fields, UpgradeTunnel opened) {
        writeHead(attempt, Upgrade.agreement(client.request()), fields);
        Upgrade.agree(client.request(), fields, client.response().getHeaders());
        Route node = attempt.choice().node().route();
        tunnel.is(opened, new Tunnels.Place(rules.states(), path(), node));
        detours.lastsUntil(opened.closed());
        client.become(opened, rules.timeouts().tunnel());
    }

    /** The attempt brought no response. */
    void failed(Attempt attempt, Throwable cause, Failure.Sent sent) {
        Failure failure = Failure.of(cause, sent, body.clientFailed());
        Aftermath aftermath = new Aftermath(attempt.choice().member(), failure, cause);
        aftermath.tell(rules.health());
        switch (Retry.after(failure, client.request().getMethod(), body.isUntouched(), again)) {
            case ONCE_MORE -> sendOnceMore(attempt.choice());
            case NEXT_NODE -> {
                passOver(attempt.choice());
                tried.add(attempt.choice().node().route());
                next();
            }
            case GIVE_UP -> {
                if (failure == Failure.OVERLOADED && spared != null) {
                    passOver(attempt.choice());
                    goBack();
                    return;
                }
                aftermath.tell(client, rules.retryAfterSeconds());
            }
        }
    }

    /** To the node that was spared. */
    private void goBack() {
        Choice.Served before = requireNonNull(spared);
        spared = null;
        before.takesUp();
        sendAgain(before);
    }

    private static void passOver(Choice choice) {
        if (choice instanceof Choice.Served served) {
            served.passesOn();
        }
    }

    /** A session is where it is. What has none goes elsewhere, and back only when there is nobody else. */
    private void sendOnceMore(Choice.Served choice) {
        if (choice.isTied()) {
            sendAgain(choice);
            return;
        }
        passOver(choice);
        if (spared == null) { // a second node's connections tell nothing of the first
            spared = choice;
        }
        tried.add(choice.node().route());
        next();
    }

    /** What the node has answered can be handed on to nobody. */
    private void refused(Attempt attempt, String why) {
        new Aftermath(attempt.choice().member(), Failure.MALFORMED, new IllegalStateException(why))
                .tell(client, rules.retryAfterSeconds());
    }

    @Override
    public void left(Throwable cause) {
        gone = true;
        leavesTheLine.run();
        Attempt attempt = current;
        if (attempt != null) {
            attempt.abort(cause);
        }
    }

    @Override
    public void answered(Runnable task) {
        leftover.discard(task);
    }

    @Override
    public void cut() {
        body.close();
    }

    @Override
    public void released() {
        client.lane().leaves(rules.patrol(), lookout);
        detours.over();
        tunnel.isNot();
    }
}
