package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.route.Route;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Whether the application that one request is for has gone from its node since the node was probed: the container then
 * answers 404 itself, and the filter, which leaves its word on each answer, is not there. Such an answer is held back
 * until the node has told which applications it has. What cannot be sent twice is not looked into.
 *
 * <p>Used by one thread at a time, as the request itself.
 */
final class Vanishing {

    private final boolean mayBeSentTwice;
    private boolean asked;

    Vanishing(String method, RequestBody body) {
        this.mayBeSentTwice = Retry.mayArriveTwice(method, !body.isPresent());
    }

    /** Whether the node is to be asked before the client gets this answer; once for a request. */
    boolean isSuspected(Choice.Served choice, int status, HttpFields fields, String path) {
        if (status != HttpStatus.NOT_FOUND_404
                || asked
                || !mayBeSentTwice
                || choice instanceof Choice.Tester
                || fields.contains(SessionNews.FIELD)
                || !choice.member().report().hasApplicationAt(path)) {
            return false;
        }
        asked = true;
        return true;
    }

    /** Whether another node has the application, and this one has not, as it stands now. */
    static boolean isConfirmed(Route node, Nodes nodes) {
        return nodes.hasReady()
                && nodes.named(node)
                        .filter(member -> member.state() == NodeState.READY || member.state() == NodeState.DRAINING)
                        .isEmpty();
    }
}
