package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Longer than all nodes together take to get another version, one after the other or at once. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<Route, Set<String>> told = new HashMap<>();
    /** When any node last told of it, by its context path. */
    private final Map<String, Instant> lastTold = new HashMap<>();

    private final String probed;

    /** @param probed the context path of the application that is probed, which has the filter on every node */
    EndedApplications(String probed) {
        this.probed = probed;
    }

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
        return told(member, context, without)
                .filter(told ->
                        told.state() == NodeState.DRAINED ? ordered.state().isUp() : ordered.state() == NodeState.READY)
                .orElse(ordered);
    }

    /** Whether this is the condition that {@link #judge} has made of another one. */
    boolean isJudged(Nodes.Member member, String context, Set<Route> without) {
        return told(member, context, without).filter(member.condition()::equals).isPresent();
    }

    private Optional<Condition> told(Nodes.Member member, String context, Set<Route> without) {
        if (isEnded(member, context)) {
            return Optional.of(Condition.drained("it has no application '" + context + "' any more"));
        }
        if (!without.contains(member.node().route())) {
            return Optional.empty();
        }
        String why = "other nodes tell of an application '" + context + "', and it does not";
        // sessions that name it go there: the application may be there without the filter, but for the probed one
        return Optional.of(context.equals(probed) ? Condition.drained(why) : Condition.draining(why));
    }

    /** The context paths that have ended on some node, or that some node does not tell of while others do. */
    Stream<String> contexts(Nodes nodes) {
        Set<String> gone = untold(nodes);
        for (Nodes.Member member : nodes.all()) {
            told.getOrDefault(member.node().route(), Set.of()).stream()
                    .filter(context -> isEnded(member, context))
                    .forEach(gone::add);
        }
        return gone.stream();
    }

    /**
     * These and those of the applications below them, {@code /shop/desk} below {@code /shop}: what holds for one context
     * path does not hold for those.
     */
    Stream<String> withNested(Set<String> contexts) {
        return Stream.concat(contexts.stream(), nestedIn(contexts)).distinct();
    }

    private Stream<String> nestedIn(Set<String> contexts) {
        return lastTold.keySet().stream()
                .filter(nested -> contexts.stream().anyMatch(context -> Ordered.covers(context, nested)));
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
