package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.route.Route;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Request;

/**
 * Where one request goes, and where it goes on to although a node has answered: for even nodes ({@link Relocation}), from
 * a node that drains ({@link Parting}), and from one that has lost the application ({@link Vanishing}).
 *
 * <p>Used by one thread at a time, as the request itself, but that {@link #over()} may come from any.
 */
final class Detours {

    private final Rules rules;
    private final Executor executor;
    private final String path;
    private final Relocation relocation;
    private final Parting parting;
    private final Vanishing vanishing;
    private Optional<Route> withoutIt = Optional.empty();

    /** @param path of the request, as applications are told apart by it */
    Detours(Rules rules, Request request, String path, RequestBody body) {
        this.rules = rules;
        this.path = path;
        this.executor = request.getComponents().getExecutor();
        this.relocation = new Relocation(rules.rebalance(), rules.moves(), request, body);
        this.parting = new Parting(request.getMethod(), body);
        this.vanishing = new Vanishing(request.getMethod(), body);
    }

    /** The node for this request, of those that were not tried. */
    Choice choose(ClientSession session, Nodes nodes, Collection<Route> tried) {
        Choice chosen = parting.choose(session, rules.chooser(), nodes, tried);
        Choice kept = isFromThere(chosen) ? chosen : rules.lostOwner().judge(chosen, nodes, path);
        return relocation.judge(kept, nodes, tried);
    }

    /** The node is up and has said that there is nothing: whoever waits for the session waits for ever. */
    private boolean isFromThere(Choice chosen) {
        return chosen instanceof Choice.Takeover takeover
                && withoutIt.filter(takeover.lostOwner()::equals).isPresent();
    }

    /** Whether this is a node's word for the proxy, and the request is to be sent once more. */
    boolean sendsOn(Choice.Served choice, NodeResponse response) {
        return relocation.sendsOn(choice, response.status(), response.fields())
                || parting.sendsOn(choice, response.status(), response.fields());
    }

    /** Whether the node has no application for the request, which others have: then they are to be asked. */
    boolean isElsewhere(Choice.Served choice, NodeResponse response) {
        if (!vanishing.isElsewhere(choice, response.status(), response.fields(), path, rules.states())) {
            return false;
        }
        withoutIt = Optional.of(choice.node().route());
        return true;
    }

    /**
     * Whether the node is asked for the application before the client gets this answer; once for a request. Then it goes on
     * with one of these on a thread of the pool, or where it has heard of the application when there is none.
     */
    boolean asks(Choice.Served choice, NodeResponse response, Runnable gone, Runnable stays) {
        Optional<String> suspected = vanishing.suspect(choice, response.status(), response.fields(), path);
        suspected.ifPresent(application -> ask(choice.node(), application, gone, stays));
        return suspected.isPresent();
    }

    private void ask(Node node, String application, Runnable gone, Runnable stays) {
        var unused = rules.asking().apply(node, application).whenComplete((told, failure) -> {
            try {
                executor.execute(() -> {
                    boolean goesOn =
                            vanishing.goesOn(node.route(), rules.states().nodes(path));
                    (goesOn ? gone : stays).run();
                });
            } catch (RejectedExecutionException stopping) {
                stays.run();
            }
        });
    }

    /** The request has become something that is over later. */
    void lastsUntil(CompletionStage<?> end) {
        relocation.lastsUntil(end);
    }

    /** The request is over. */
    void over() {
        relocation.over();
    }
}
