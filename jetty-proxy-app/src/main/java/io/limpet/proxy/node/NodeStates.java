package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes as they stand for requests: what health has found, and above it what the operator has ordered, for whole nodes
 * and for single context paths.
 *
 * <p>Any thread may call it. Readers get an immutable snapshot without a lock; it is made anew when the health of a node
 * or an order changes and at every probe, so that drains and deadlines are noticed within the interval of the probes.
 */
public final class NodeStates {

    private static final Logger LOG = LoggerFactory.getLogger(NodeStates.class);

    private record Place(Route node, String context) {}

    /** @param contexts those with orders of their own, the longest path first */
    private record Seen(Nodes whole, List<Map.Entry<String, Nodes>> contexts) {}

    private final NodeHealth health;
    private final DrainRules rules;
    private final Clock clock;
    private final Map<Place, Ordered> orders = new HashMap<>();
    private final Map<Place, Drain> drains = new HashMap<>();
    private final List<NodeWatcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Seen seen;

    /** The nodes of this health, without orders. */
    public NodeStates(NodeHealth health, DrainRules rules, Clock clock) {
        this.health = health;
        this.rules = rules;
        this.clock = clock;
        this.seen = new Seen(health.nodes(), List.of());
        health.heardBy(nodes -> see());
    }

    /** All nodes as they stand, orders for single context paths aside. */
    public Nodes nodes() {
        return seen.whole();
    }

    /** The nodes as they stand for a request of this path. */
    public Nodes nodes(String path) {
        Seen now = seen;
        for (Map.Entry<String, Nodes> context : now.contexts()) {
            if (Ordered.covers(context.getKey(), path)) {
                return context.getValue();
            }
        }
        return now.whole();
    }

    /** Adds one who is told what changes. */
    public void watchedBy(NodeWatcher watcher) {
        watchers.add(watcher);
    }

    /** How long a drain takes at most unless its order says otherwise. */
    public Duration drainDeadline() {
        return rules.deadline();
    }

    /** The orders that hold, but for {@link Order#READY}, by node and context path. */
    public synchronized List<Ordered> orders() {
        return orders.values().stream()
                .sorted(Comparator.comparing((Ordered it) -> it.node().name()).thenComparing(Ordered::context))
                .toList();
    }

    /** The nodes that drain, all of them or a part, and are not down. */
    public synchronized List<Node> draining() {
        return drains.keySet().stream()
                .map(place -> place.node())
                .distinct()
                .flatMap(node -> seen.whole().named(node).stream())
                .filter(member -> member.state() != NodeState.DOWN)
                .map(Nodes.Member::node)
                .toList();
    }

    /** Does what is ordered; {@code false} when there is no such node. */
    public synchronized boolean order(Ordered ordered) {
        if (health.nodes().named(ordered.node()).isEmpty()) {
            return false;
        }
        Place place = new Place(ordered.node(), ordered.context());
        drains.remove(place);
        if (ordered.order() == Order.READY) {
            orders.remove(place);
        } else {
            orders.put(place, ordered);
        }
        LOG.info("node '{}'{} is to be {}", ordered.node(), of(ordered.context()), ordered.order());
        watchers.forEach(watcher -> watcher.ordered(ordered));
        see();
        return true;
    }

    private static String of(String context) {
        return context.isEmpty() ? "" : " for " + context;
    }

    private synchronized void see() {
        Nodes healthy = health.nodes();
        Nodes before = seen.whole();
        Nodes whole = over(healthy, "");
        List<Map.Entry<String, Nodes>> contexts = orders.keySet().stream()
                .map(Place::context)
                .filter(context -> !context.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(context -> Map.entry(context, over(healthy, context)))
                .toList();
        seen = new Seen(whole, contexts);
        whole.all()
                .forEach(member -> before.named(member.node().route())
                        .filter(was -> was.state() != member.state())
                        .ifPresent(was -> flipped(was, member)));
    }

    private void flipped(Nodes.Member was, Nodes.Member is) {
        if (is.state() == NodeState.DRAINED) {
            LOG.info("node '{}' has drained: {}; nothing goes there while another node is up", is.node(), describe(is));
        }
        watchers.forEach(watcher -> watcher.flipped(is.node(), was.condition(), is.condition()));
    }

    private static String describe(Nodes.Member member) {
        NodeReport report = member.report();
        return report.known() ? member.condition().why() + ", sessions: " + report.sessions() : "it tells no sessions";
    }

    private Nodes over(Nodes healthy, String context) {
        Nodes nodes = healthy;
        for (Nodes.Member member : healthy.all()) {
            Condition condition = condition(member, context);
            if (!condition.equals(member.condition())) {
                nodes = nodes.with(member.node().route(), condition);
            }
        }
        return nodes;
    }

    private Condition condition(Nodes.Member member, String context) {
        Route node = member.node().route();
        List<Ordered> given = Stream.of("", context)
                .distinct()
                .flatMap(of -> Optional.ofNullable(orders.get(new Place(node, of))).stream())
                .toList();
        if (given.stream().anyMatch(it -> it.order() == Order.MAINTENANCE)) {
            return Condition.maintenance("the operator has taken it out");
        }
        boolean drainsItself = member.state() == NodeState.DRAINING;
        if (!drainsItself && !orders.containsKey(new Place(node, ""))) {
            drains.remove(new Place(node, ""));
        }
        if (member.state() == NodeState.DOWN || (given.isEmpty() && !drainsItself)) {
            return member.condition();
        }
        return given.isEmpty()
                ? drain(member, new Ordered(node, "", Order.DRAINING, rules.deadline()), "its status says so")
                : drain(member, given.get(0), "the operator drains it");
    }

    private Condition drain(Nodes.Member member, Ordered ordered, String why) {
        boolean reportsCount = ordered.context().isEmpty() || ordered.context().equals(rules.statusContext());
        Drain drain = drains.computeIfAbsent(
                new Place(ordered.node(), ordered.context()),
                place -> new Drain(clock.instant().plus(ordered.deadline()), reportsCount, member.report()));
        return drain.condition(member, why, clock.instant());
    }
}
