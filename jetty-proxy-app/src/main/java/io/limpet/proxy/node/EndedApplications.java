package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The applications that nodes have told of, and tell of no more: their contexts were destroyed, and the containers answer
 * 404 to whatever is for them. One that no node has told of for long is forgotten. Of what ended before this proxy began
 * nothing is known but that other nodes have it.
 *
 * <p>Not safe for use by several threads.
 */
final class EndedApplications {

    private static final String ROOT = "";

    /** Longer than all nodes together take to get another version, one after the other or at once. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<Route, Set<String>> told = new HashMap<>();
    /** When any node last told of it, by its context path. */
    private final Map<String, Instant> lastTold = new HashMap<>();

    /** Takes note of what the nodes tell. */
    void hear(Nodes nodes, Instant now) {
        told.keySet().removeIf(node -> nodes.named(node).isEmpty());
        for (Nodes.Member member : nodes.all()) {
            List<ApplicationReport> telling = member.report().applications();
            if (!telling.isEmpty()) {
                Set<String> contexts = told.computeIfAbsent(member.node().route(), node -> new HashSet<>());
                telling.forEach(application -> {
                    contexts.add(application.context());
                    lastTold.put(application.context(), now);
                });
            }
        }
        if (lastTold.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now))) {
            told.values().forEach(contexts -> contexts.retainAll(lastTold.keySet()));
        }
    }

    /** Whether the node had an application with this context path, and tells of others only. */
    boolean isEnded(Nodes.Member member, String context) {
        List<ApplicationReport> now = member.report().applications();
        return !now.isEmpty()
                && told.getOrDefault(member.node().route(), Set.of()).contains(context)
                && now.stream().noneMatch(application -> application.context().equals(context));
    }

    /**
     * The condition of a node for an application, which it may not have.
     *
     * @param ordered what holds if it has
     * @param without the nodes that do not tell of it while others do
     */
    Condition judge(Condition ordered, Nodes.Member member, String context, Set<Route> without) {
        if (ordered.state().isUp() && isEnded(member, context)) {
            return Condition.drained("it has no application '" + context + "' any more");
        }
        // sessions that name it go there: the application may be there without the filter
        return ordered.state() == NodeState.READY
                        && without.contains(member.node().route())
                ? Condition.draining("other nodes tell of an application '" + context + "', and it does not")
                : ordered;
    }

    /**
     * The context paths that have ended on some node, or that some node does not tell of while others do; with the root's,
     * all, as whatever is for none of them is the root's.
     */
    Stream<String> contexts(Nodes nodes) {
        Set<String> gone = untold(nodes);
        for (Nodes.Member member : nodes.all()) {
            told.getOrDefault(member.node().route(), Set.of()).stream()
                    .filter(context -> isEnded(member, context))
                    .forEach(gone::add);
        }
        return gone.contains(ROOT) ? told.values().stream().flatMap(Set::stream) : gone.stream();
    }

    private static Set<String> untold(Nodes nodes) {
        List<Set<String>> telling = nodes.all().stream()
                .filter(member -> member.state().isUp())
                .map(member -> member.report().applications())
                .filter(applications -> !applications.isEmpty())
                .map(applications ->
                        applications.stream().map(ApplicationReport::context).collect(Collectors.toSet()))
                .toList();
        Set<String> all = telling.stream().flatMap(Set::stream).collect(Collectors.toCollection(HashSet::new));
        all.removeIf(context -> telling.stream().allMatch(own -> own.contains(context)));
        return all;
    }
}
