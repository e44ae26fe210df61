package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.SessionId;
import io.limpet.proxy.rebalance.Moves;
import io.limpet.proxy.rebalance.Rebalance;
import io.limpet.route.Route;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * What one request does for even nodes: its session's node is asked whether it lets the session go, and if it does, the
 * request goes on to the node with the fewest sessions, which adopts it as it does at a takeover.
 *
 * <p>Used by one thread at a time, as the request itself, but that {@link #over()} may come from any.
 */
final class Relocation {

    /** By this the owner of a session is asked. */
    static final String WANTED_AT = "Limpet-Wanted-At";

    private final Rebalance rebalance;
    private final Moves moves;
    private final boolean mayMove;
    private Optional<String> entered = Optional.empty();
    private boolean asked;
    private boolean lasting;

    Relocation(Rebalance rebalance, Moves moves, Request request, RequestBody body) {
        this.rebalance = rebalance;
        this.moves = moves;
        this.mayMove = rebalance.isOn()
                && !body.isPresent()
                && isHarmless(request)
                && rebalance.isAbout(request.getHttpURI().getCanonicalPath());
    }

    /** What can be sent twice, and brings all of an answer at once: no upgrade, no part of a file. */
    private static boolean isHarmless(Request request) {
        HttpFields fields = request.getHeaders();
        return (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))
                && !fields.contains(HttpHeader.UPGRADE)
                && !fields.contains(HttpHeader.RANGE);
    }

    /** The choice, or another one for a session that has moved, or an owner that is asked to let it go. */
    Choice judge(Choice chosen, Nodes nodes, Collection<Route> tried) {
        if (!rebalance.isOn()
                || !(chosen instanceof Choice.Owner || chosen instanceof Choice.Takeover)
                || !(chosen instanceof Choice.Served served)
                || served.session().carrier() != SessionId.Carrier.COOKIE) {
            return chosen;
        }
        String session = served.session().value();
        if (entered.isEmpty()) {
            entered = Optional.of(session);
            moves.enter(session);
        }
        if (moves.where(session, System.nanoTime()).isPresent()) {
            return follow(served, nodes, tried);
        }
        return chosen instanceof Choice.Owner owner ? ask(owner, nodes, tried) : chosen;
    }

    private Choice follow(Choice.Served served, Nodes nodes, Collection<Route> tried) {
        Choice followed = moves.followed(served, nodes, tried, System.nanoTime());
        if (!(followed instanceof Choice.Rebalanced)) {
            moves.forget(served.session().value());
        }
        return followed;
    }

    private Choice ask(Choice.Owner owner, Nodes nodes, Collection<Route> tried) {
        if (!mayMove
                || asked
                || !tried.isEmpty()
                || !moves.isAlone(owner.session().value())) {
            return owner;
        }
        Optional<Nodes.Member> better = rebalance.next(owner.member(), nodes, System.nanoTime());
        asked = better.isPresent();
        return better.map(owner::wantedAt).orElse(owner);
    }

    /** Whether this is a node's word for the proxy, and the request is to be sent once more. */
    boolean sendsOn(Choice.Served choice, int status, HttpFields fields) {
        if (status != HttpStatus.MISDIRECTED_REQUEST_421) {
            return false;
        }
        String session = choice.session().value();
        if (choice instanceof Choice.Owner owner
                && owner.wantedAt().isPresent()
                && fields.contains(SessionNews.FIELD, "leaves")) {
            Nodes.Member to = owner.wantedAt().get();
            if (moves.begin(session, to.node().route(), System.nanoTime())) {
                owner.member().share().gave();
                to.share().took();
            }
            return true;
        }
        if (choice instanceof Choice.Rebalanced && fields.contains(SessionNews.FIELD, "stays")) {
            moves.forget(session);
            return true;
        }
        return false;
    }

    /** The request has become something that is over later. */
    void lastsUntil(CompletionStage<?> end) {
        lasting = true;
        var unused = end.thenRun(this::leave);
    }

    /** The request is over. */
    void over() {
        if (!lasting) {
            leave();
        }
    }

    private void leave() {
        entered.ifPresent(moves::leave);
        entered = Optional.empty();
    }
}
