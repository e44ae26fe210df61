package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
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

    /** @param contexts those with conditions of their own, the longest path first */
    private record Seen(Nodes whole, List<Map.Entry<String, Nodes>> contexts) {}

    private final NodeHealth health;
    private final DrainRules rules;
    private final Clock clock;
    private final OrderBook orders;
    private final Map<OrderBook.Place, Drain> drains = new HashMap<>();
    private final EndedApplications ended;
    private final List<NodeWatcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Seen seen;

    /** The nodes of this health, without orders but for those in the settings. */
    public NodeStates(NodeHealth health, DrainRules rules, Clock clock) {
        this.health = health;
        this.rules = rules;
        this.clock = clock;
        this.ended = new EndedApplications(rules.statusContext());
        this.orders = new OrderBook(clock, UUID.randomUUID().toString());
        this.seen = new Seen(health.nodes(), List.of());
        see();
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
        return orders.holding();
    }

    /** What holds for single context paths because the operator, the settings or the nodes say so, by path and node. */
    public synchronized List<ContextState> contexts() {
        return new ContextStates(orders, ended).of(seen.contexts(), health.nodes());
    }

    /** The last order for each node and context path, for other proxies. */
    public synchronized List<StampedOrder> stampedOrders() {
        return orders.all();
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
        Optional<Nodes.Member> member = health.nodes().named(ordered.node());
        if (member.isEmpty()) {
            return false;
        }
        orders.write(ordered);
        follow(ordered);
        Order standing = member.get().node().standing().of(ordered.context());
        if (ordered.order() == Order.READY && standing != Order.READY) {
            LOG.warn(
                    "node '{}'{} stays {}: the settings say so; change it there",
                    ordered.node(),
                    of(ordered.context()),
                    standing);
        }
        see();
        return true;
    }

    /** Does what was ordered on other proxies, but for what a later order has ended; also for nodes not known yet. */
    public synchronized void take(List<StampedOrder> told) {
        List<StampedOrder> news = told.stream().filter(orders::take).toList();
        news.forEach(order -> follow(order.ordered()));
        if (!news.isEmpty()) {
            see();
        }
    }

    private void follow(Ordered ordered) {
        drains.remove(OrderBook.Place.of(ordered));
        LOG.info("node '{}'{} is to be {}", ordered.node(), of(ordered.context()), ordered.order());
        watchers.forEach(watcher -> watcher.ordered(ordered));
    }

    private static String of(String context) {
        return context.isEmpty() ? "" : " for " + context;
    }

    private synchronized void see() {
        Nodes healthy = health.nodes();
        Nodes before = seen.whole();
        ended.hear(healthy, clock.instant());
        orders.seen(node -> healthy.named(node).isPresent());
        Nodes whole = over(healthy, "", false);
        Stream<String> ordered = orders.holding().stream().map(Ordered::context).filter(context -> !context.isEmpty());
        Stream<String> standing = healthy.all().stream()
                .flatMap(member -> member.node().standing().told());
        drains.keySet().removeIf(place -> !isWanted(place, healthy));
        Set<String> concerned = Stream.of(ordered, ended.contexts(healthy), standing)
                .flatMap(told -> told)
                .collect(Collectors.toSet());
        List<Map.Entry<String, Nodes>> contexts = ended.withNested(concerned)
                .sorted(Comparator.comparing(String::length).reversed())
                .map(context -> Map.entry(context, over(healthy, context, true)))
                .toList();
        seen = new Seen(whole, contexts);
        whole.all().forEach(this::rememberEmpty);
        whole.all()
                .forEach(member -> before.named(member.node().route())
                        .filter(was -> was.state() != member.state())
                        .ifPresent(was -> flipped(was, member)));
    }

    /** Of a context path neither orders nor settings may say any more that it drains. */
    private boolean isWanted(OrderBook.Place place, Nodes healthy) {
        return place.context().isEmpty()
                || orders.at(place.node(), place.context()).isPresent()
                || healthy.named(place.node())
                        .filter(member -> member.node().standing().of(place.context()) == Order.DRAINING)
                        .isPresent();
    }

    /** Of a node that is down or taken out holds what was known before. */
    private void rememberEmpty(Nodes.Member member) {
        if (member.state() != NodeState.DOWN && member.state() != NodeState.MAINTENANCE) {
            member.share()
                    .emptied(drains.entrySet().stream()
                            .filter(drain ->
                                    drain.getKey().node().equals(member.node().route()))
                            .filter(drain -> drain.getValue().isEmpty())
                            .map(drain -> drain.getKey().context())
                            .collect(Collectors.toSet()));
        }
    }

    private void flipped(Nodes.Member was, Nodes.Member is) {
        if (is.state() == NodeState.DRAINED) {
            LOG.info("node '{}' has drained: {}; nothing goes there while another node is up", is.node(), describe(is));
        }
        watchers.forEach(watcher -> watcher.flipped(is.node(), was.condition(), is.condition()));
    }

    private static String describe(Nodes.Member member) {
        NodeReport report = member.report();
        return report.known()
                ? member.condition().why() + ", sessions: " + report.allSessions()
                : "it tells no sessions";
    }

    /** @param application whether it is for the application with this context path, and not for whole nodes */
    private Nodes over(Nodes healthy, String context, boolean application) {
        Set<Route> without = application ? healthy.withoutApplicationAt(context) : Set.of();
        Map<Route, Condition> changed = new HashMap<>();
        for (Nodes.Member member : healthy.all()) {
            Route node = member.node().route();
            Condition ordered = condition(member, context);
            Condition condition = application ? ended.judge(ordered, member, context, without) : ordered;
            if (!condition.equals(member.condition())) {
                changed.put(node, condition);
            }
        }
        return changed.isEmpty() ? healthy : healthy.with(changed);
    }

    private Condition condition(Nodes.Member member, String context) {
        Route node = member.node().route();
        List<StampedOrder> given = Stream.of("", context)
                .distinct()
                .flatMap(of -> orders.at(node, of).stream())
                .toList();
        if (given.stream().anyMatch(it -> it.ordered().order() == Order.MAINTENANCE)) {
            return Condition.maintenance("the operator has taken it out");
        }
        // an order beats what the settings say of the same
        Order standing = orders.standing(member.node(), "");
        Order standingHere = orders.standing(member.node(), context);
        boolean drainsItself = member.state() == NodeState.DRAINING;
        if (!drainsItself && standing != Order.DRAINING && !orders.isOrdered(node)) {
            drains.remove(new OrderBook.Place(node, ""));
        }
        if (standing == Order.MAINTENANCE || standingHere == Order.MAINTENANCE) {
            return Condition.maintenance("the settings take it out");
        }
        if (member.state() == NodeState.DOWN) {
            return member.condition();
        }
        if (!given.isEmpty()) {
            StampedOrder order = given.get(0);
            return drain(member, order.ordered().context(), order.deadline(clock.instant()), "the operator drains it");
        }
        Instant deadline = clock.instant().plus(rules.deadline());
        if (drainsItself || standing == Order.DRAINING) {
            return drain(member, "", deadline, drainsItself ? "its status says so" : "the settings drain it");
        }
        return standingHere == Order.DRAINING
                ? drain(member, context, deadline, "the settings drain it")
                : member.condition();
    }

    private Condition drain(Nodes.Member member, String context, Instant deadline, String why) {
        Drain drain = drains.computeIfAbsent(
                new OrderBook.Place(member.node().route(), context),
                place -> context.isEmpty()
                        ? Drain.ofNode(deadline, member.report())
                        : Drain.ofApplication(
                                deadline, report -> report.about(context, rules.statusContext()), member.report()));
        return drain.condition(member, why, clock.instant());
    }
}
