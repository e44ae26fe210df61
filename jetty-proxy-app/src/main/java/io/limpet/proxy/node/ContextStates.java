package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who has said how nodes stand for single context paths.
 *
 * <p>Not safe for use by several threads.
 *
 * @param orders what was ordered
 * @param ended what the nodes have told
 */
record ContextStates(OrderBook orders, EndedApplications ended) {

    /**
     * By context path and node.
     *
     * @param contexts the nodes as they stand for each context path
     * @param healthy the nodes without what was said of any
     */
    List<ContextState> of(List<Map.Entry<String, Nodes>> contexts, Nodes healthy) {
        return contexts.stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> of(entry.getKey(), entry.getValue(), healthy.withoutApplicationAt(entry.getKey())))
                .toList();
    }

    private Stream<ContextState> of(String context, Nodes nodes, Set<Route> without) {
        return nodes.all().stream()
                .flatMap(member -> origin(member, context, without)
                        .map(origin -> new ContextState(member.node().route(), context, member.condition(), origin))
                        .stream());
    }

    private Optional<ContextState.Origin> origin(Nodes.Member member, String context, Set<Route> without) {
        Route node = member.node().route();
        // an order of the empty path, or a setting, is the whole node's
        if (!context.isEmpty() && orders.at(node, context).isPresent()) {
            return Optional.of(ContextState.Origin.ADMIN);
        }
        if (!context.isEmpty() && member.node().standing().of(context) != Order.READY) {
            return Optional.of(ContextState.Origin.FILE);
        }
        return ended.isJudged(member, context, without) ? Optional.of(ContextState.Origin.NODE) : Optional.empty();
    }
}
