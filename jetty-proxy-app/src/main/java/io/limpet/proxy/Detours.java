package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.route.Route;
import java.util.Collection;
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
    private final Relocation relocation;
    private final Parting parting;
    private final Vanishing vanishing;

    Detours(Rules rules, Request request, RequestBody body) {
        this.rules = rules;
        this.executor = request.getComponents().getExecutor();
        this.relocation = new Relocation(rules.rebalance(), rules.moves(), request, body);
        this.parting = new Parting(request.getMethod(), body);
        this.vanishing = new Vanishing(request.getMethod(), body);
    }

    /** The node for this request, of those that were not tried. */
    Choice choose(ClientSession session, Nodes nodes, String path, Collection<Route> tried) {
        Choice chosen = parting.choose(session, rules.chooser(), nodes, tried);
        return relocation.judge(rules.lostOwner().judge(chosen, nodes, path), nodes, tried);
    }

    /** Whether this is a node's word for the proxy, and the request is to be sent once more. */
    boolean sendsOn(Choice.Served choice, NodeResponse response) {
        return relocation.sendsOn(choice, response.status(), response.fields())
                || parting.sendsOn(choice, response.status(), response.fields());
    }

    /** Whether the node is to be asked before the client gets this answer; once for a request. */
    boolean isSuspected(Choice.Served choice, NodeResponse response, String path) {
        return vanishing.isSuspected(choice, response.status(), response.fields(), path);
    }

    /**
     * Asks the node whether it still has the application, and goes on with one of these on a thread of the pool, or where it
     * has heard the answer when there is none.
     */
    void ask(Choice.Served choice, String path, Runnable gone, Runnable stays) {
        var unused = rules.asking().apply(choice.node()).whenComplete((told, failure) -> {
            try {
                executor.execute(() -> {
                    boolean confirmed = Vanishing.isConfirmed(
                            choice.node().route(), rules.states().nodes(path));
                    (confirmed ? gone : stays).run();
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
