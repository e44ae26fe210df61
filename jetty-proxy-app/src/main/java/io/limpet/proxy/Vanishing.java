package io.limpet.proxy;

import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.route.Route;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Whether the application that one request is for has gone from its node since the node was probed: the container then
 * answers 404 itself, or 503 for a moment, and the application's filter, which leaves its word on each 404, is not there;
 * another application's may be, the root's. Such an answer is held back until the node has told which applications
 * it has.
 *
 * <p>Used by one thread at a time, as the request itself.
 */
final class Vanishing {

    private final boolean mayBeSentTwice;
    private final boolean hasBody;
    private boolean asked;
    private boolean ranNowhere;

    Vanishing(String method, RequestBody body) {
        this.hasBody = body.isPresent();
        this.mayBeSentTwice = Retry.mayArriveTwice(method, !hasBody);
    }

    /** The application that the node is to be asked for before the client gets this answer; once for a request. */
    Optional<String> suspect(Choice.Served choice, int status, HttpFields fields, String path) {
        boolean missing = status == HttpStatus.NOT_FOUND_404 || status == HttpStatus.SERVICE_UNAVAILABLE_503;
        if (!missing || asked || choice instanceof Choice.Tester) {
            return Optional.empty();
        }
        Optional<ApplicationReport> application = choice.member().report().applicationAt(path);
        boolean silent = !fields.contains(SessionNews.FIELD);
        if (application.isEmpty() || !(silent || isOfAnother(application.get(), fields))) {
            return Optional.empty();
        }
        asked = true;
        ranNowhere = silent
                && status == HttpStatus.NOT_FOUND_404
                && application.get().ownsEach404();
        return application.map(ApplicationReport::context);
    }

    /**
     * Whether the request goes to another node at once: nodes tell of an application for it, and this one, which answers that
     * there is nothing, tells of others only. It may have had the application before this proxy began. An application
     * without the filter may have answered, so only what may be sent twice goes on.
     */
    boolean isElsewhere(Choice.Served choice, int status, HttpFields fields, String path, NodeStates states) {
        if (status != HttpStatus.NOT_FOUND_404 || !mayBeSentTwice || choice instanceof Choice.Tester) {
            return false;
        }
        Route node = choice.node().route();
        Nodes nodes = states.nodes(path);
        return nodes.withoutApplicationAt(path).contains(node)
                && (!fields.contains(SessionNews.FIELD) || isOfKnown(node, nodes, fields, path));
    }

    /** As the root's answers for all that is nobody's; one that was deployed a moment ago answers for itself. */
    private static boolean isOfKnown(Route node, Nodes nodes, HttpFields fields, String path) {
        Optional<String> told = nodes.named(node)
                .flatMap(member -> member.report().applicationAt(path))
                .map(ApplicationReport::context);
        return told.isPresent() && told.equals(SessionNews.contextIn(fields));
    }

    /** A filter of an earlier version does not say whose it is. */
    private static boolean isOfAnother(ApplicationReport application, HttpFields fields) {
        return SessionNews.contextIn(fields)
                .filter(context -> !context.equals(application.context()))
                .isPresent();
    }

    /**
     * Whether the request goes to another node: that has the application, this one has not, as it stands now, and the
     * request may be sent once more. A {@code POST} without a body may, as no application has seen it.
     */
    boolean goesOn(Route node, Nodes nodes) {
        return (mayBeSentTwice || (ranNowhere && !hasBody))
                && nodes.hasReady()
                && nodes.named(node)
                        .filter(member -> member.state() == NodeState.READY || member.state() == NodeState.DRAINING)
                        .isEmpty();
    }
}
