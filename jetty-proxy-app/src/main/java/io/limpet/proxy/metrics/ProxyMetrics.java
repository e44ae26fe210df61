package io.limpet.proxy.metrics;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.TakeoverLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Counts requests by node and reason, and says in Prometheus' text format what it has counted and how the nodes are.
 *
 * <p>Safe for any number of threads. A request costs one look-up and four additions.
 */
public final class ProxyMetrics implements Journal {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<LongSupplier> counts = new CopyOnWriteArrayList<>();
    private final MeteredNodes meters = new MeteredNodes(registry);
    private final NodeMeters none = new NodeMeters(registry, "");
    private final Counter received = Counter.builder("limpet.requests.received")
            .description("Requests that have come: those that are over, and those under way")
            .register(registry);
    private final MultiGauge states = gauge("limpet.node.state", "1 for the state that the node is in");
    private final MultiGauge sessions = gauge("limpet.node.sessions", "Live sessions, as the node tells");
    private final MultiGauge inFlight = gauge("limpet.node.in.flight", "Requests of this proxy under way");
    private final MultiGauge adopted = gauge("limpet.node.adopted", "Sessions taken over since the node's start");

    private final MultiGauge queued = gauge("limpet.node.queued", "Requests that wait for a connection to the node");
    private final MultiGauge peers =
            gauge("limpet.peer.up", "1 for another proxy that takes orders, 0 for a silent one");

    private volatile TakeoverLine takeovers = new TakeoverLine();
    private volatile ToLongFunction<Node> queue = node -> 0;
    private volatile Supplier<Map<String, Boolean>> others = Map::of;

    /** Metrics that have counted nothing yet. */
    public ProxyMetrics() {
        gauge(
                "limpet.requests.forgotten",
                "Requests that are over, of nodes that left more than ten minutes ago, and counted nowhere else",
                meters::forgotten);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Adds a count that only grows and is kept elsewhere. */
    public void counter(String name, String description, LongSupplier count) {
        // Micrometer itself holds it weakly, and would tell what it told last when it is gone
        counts.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(description)
                .register(registry);
    }

    /** Adds a number that is asked for when metrics are. */
    public void gauge(String name, String description, DoubleSupplier number) {
        Gauge.builder(name, number::getAsDouble).description(description).register(registry);
    }

    /** Shows these requests, which wait for another node, from now on. */
    public void show(TakeoverLine line) {
        takeovers = line;
        gauge("limpet.takeover.waiting", "Requests of lost sessions that wait for another node", line::waiting);
        counter("limpet.takeover.refused", "Those that would have waited too long", line::refused);
    }

    /** Shows how many requests wait for a connection to a node, from now on. */
    public void showQueues(ToLongFunction<Node> waiting) {
        queue = waiting;
    }

    /** How many requests wait for a connection to this node now. */
    public long queued(Node node) {
        return queue.applyAsLong(node);
    }

    /** Shows which of the other proxies answer, by their addresses, from now on. */
    public void showPeers(Supplier<Map<String, Boolean>> answering) {
        others = answering;
    }

    /** The requests that wait for another node. */
    public TakeoverLine takeovers() {
        return takeovers;
    }

    @Override
    public void begun() {
        received.increment();
    }

    @Override
    public void finished(Finished request) {
        (request.choice() instanceof Choice.Served served ? of(served.node()) : none).count(request);
    }

    private NodeMeters of(Node node) {
        return of(node.route().name());
    }

    NodeMeters of(String node) {
        return meters.of(node);
    }

    /** These nodes are there: what is counted of others is forgotten in a while. */
    synchronized void seen(Set<String> nodes, long nanoTime) {
        meters.seen(nodes, nanoTime);
    }

    /** The nodes that something was counted of. */
    public Set<String> counted() {
        return meters.names();
    }

    /** What was not served by any node. */
    NodeMeters none() {
        return none;
    }

    /** Everything in Prometheus' text format 0.0.4; one call at a time. */
    public synchronized String scrape(Nodes nodes) {
        states.register(stateRows(nodes), true);
        sessions.register(rows(nodes, member -> member.report().known() ? member.sessions() : 0), true);
        inFlight.register(rows(nodes, member -> member.inFlight().count()), true);
        adopted.register(rows(nodes, member -> member.report().adopted()), true);
        queued.register(rows(nodes, member -> queue.applyAsLong(member.node())), true);
        List<MultiGauge.Row<?>> answering = new ArrayList<>();
        others.get().forEach((peer, up) -> answering.add(MultiGauge.Row.of(Tags.of("peer", peer), up ? 1 : 0)));
        peers.register(answering, true);
        return registry.scrape();
    }

    private static List<MultiGauge.Row<?>> rows(Nodes nodes, ToLongFunction<Nodes.Member> number) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Nodes.Member member : nodes.all()) {
            rows.add(MultiGauge.Row.of(Tags.of("node", member.node().toString()), number.applyAsLong(member)));
        }
        return rows;
    }

    private static List<MultiGauge.Row<?>> stateRows(Nodes nodes) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Nodes.Member member : nodes.all()) {
            for (NodeState state : NodeState.values()) {
                Tags tags = Tags.of("node", member.node().toString(), "state", state.toString());
                rows.add(MultiGauge.Row.of(tags, member.state() == state ? 1 : 0));
            }
        }
        return rows;
    }
}
