package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.route.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What one request does while its session's node drains: the node is to serve it only if the session lives there. If it
 * does not, it begins anew on another node; it would begin on the one that drains, which would never be empty while
 * yesterday's cookies come. What cannot be sent twice is served where it is.
 *
 * <p>Used by one thread at a time, as the request itself.
 */
final class Parting {

    /** The node's word for a session that is not there. */
    private static final String LOST = "lost";

    private final boolean mayBeSentTwice;
    private Optional<Route> left = Optional.empty();

    Parting(String method, RequestBody body) {
        this.mayBeSentTwice = Retry.mayArriveTwice(method, !body.isPresent());
    }

    /** The node for this request, of those that were not tried. */
    Choice choose(ClientSession session, NodeChooser chooser, Nodes nodes, Collection<Route> tried) {
        if (left.isPresent()) {
            return elsewhere(left.get(), session, chooser, nodes, tried);
        }
        Choice chosen = session.choose(chooser, nodes, tried);
        return chosen instanceof Choice.Owner owner && mayLeave(owner, nodes) ? owner.onlyIfItLives() : chosen;
    }

    private boolean mayLeave(Choice.Owner owner, Nodes nodes) {
        return owner.member().state() == NodeState.DRAINING && mayBeSentTwice && nodes.hasReady();
    }

    private static Choice elsewhere(
            Route owner, ClientSession session, NodeChooser chooser, Nodes nodes, Collection<Route> tried) {
        List<Route> without = new ArrayList<>(tried);
        without.add(owner);
        Choice other = session.choose(chooser, nodes, without);
        if (other instanceof Choice.Takeover takeover && takeover.lostOwner().equals(owner)) {
            return chooser.fresh(takeover.session(), nodes, without);
        }
        // better there than nowhere
        return other instanceof Choice.Nobody ? session.choose(chooser, nodes, tried) : other;
    }

    /** Whether this is the node's word for the proxy that the session is not there, and the request is to be sent on. */
    boolean sendsOn(Choice.Served choice, int status, HttpFields fields) {
        if (status != HttpStatus.MISDIRECTED_REQUEST_421
                || !(choice instanceof Choice.Owner owner)
                || !owner.onlyLive()
                || !fields.contains(SessionNews.FIELD, LOST)) {
            return false;
        }
        left = Optional.of(owner.node().route());
        return true;
    }
}
