package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the nodes' conditions: it hears every probe and every refused connection, and logs what flips.
 *
 * <p>Any thread may call it. Readers get an immutable snapshot without a lock; writers are serialized, so that of two
 * threads that see a node die one logs it.
 */
public final class NodeHealth {

    private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);

    private final Map<Route, Pulse> pulses = new HashMap<>();
    /** Those that were not connected to since they were probed last. */
    private final Set<Route> unreached = new HashSet<>();

    private volatile Nodes nodes;
    private volatile Thresholds thresholds;
    private volatile Consumer<Nodes> listener = changed -> {};

    /** Starts with every node ready. */
    public NodeHealth(List<Node> nodes, Thresholds thresholds) {
        this.nodes = Nodes.startingWith(nodes);
        this.thresholds = thresholds;
    }

    /** The nodes as they stand now. */
    public Nodes nodes() {
        return nodes;
    }

    /** Who is told of every snapshot, one after the other; must not block. There is one. */
    public void heardBy(Consumer<Nodes> by) {
        listener = by;
    }

    /** From now on these are the nodes; what is known of those that stay holds. */
    public synchronized void configure(List<Node> wanted, Thresholds changed) {
        thresholds = changed;
        Nodes before = nodes;
        nodes = before.replacedBy(wanted);
        nodes.all().stream()
                .filter(member -> before.named(member.node().route())
                        .filter(was -> was.node().uri().equals(member.node().uri()))
                        .isEmpty())
                .forEach(joined -> {
                    pulses.put(joined.node().route(), Pulse.unseen(changed));
                    LOG.info(
                            "node '{}' at {} has joined; it waits for a probe",
                            joined.node(),
                            joined.node().uri());
                });
        pulses.keySet().removeIf(route -> nodes.named(route).isEmpty());
        unreached.removeIf(route -> nodes.named(route).isEmpty());
        before.all().stream()
                .filter(member -> nodes.named(member.node().route()).isEmpty())
                .forEach(left -> LOG.info(
                        "node '{}' is removed (up: {}); its sessions move on their next request",
                        left.node(),
                        nodes.describeUp()));
        listener.accept(nodes);
    }

    /**
     * A connection to the node could not be made: it is down at once, so that no second request pays for it. Only
     * probes bring it back.
     */
    public void refused(Node node, String why) {
        if (nodes.named(node.route())
                .filter(member -> member.state() == NodeState.DOWN)
                .isPresent()) {
            return;
        }
        take(node, new ProbeAnswer.Refused(why));
    }

    /**
     * The node was not connected to, perhaps by the network's fault: that counts as a bad probe, once between two probes,
     * as many requests may fail of one hiccup.
     */
    public synchronized void unreached(Node node, String why) {
        if (unreached.add(node.route())) {
            take(node, new ProbeAnswer.Unwell(why));
        }
    }

    /** A request was sent to the node and lost, or waited in vain: some of these in a row count as a bad probe. */
    public void failed(Nodes.Member member, String why) {
        int run = thresholds.failures();
        if (run > 0 && member.share().failed(run)) {
            take(member.node(), new ProbeAnswer.Unwell(run + " requests in a row failed, the last: " + why));
        }
    }

    /** A probe of the node has answered. */
    public synchronized void hear(Node node, ProbeAnswer answer) {
        unreached.remove(node.route());
        take(node, answer);
    }

    private synchronized void take(Node node, ProbeAnswer answer) {
        if (isNoMore(node)) {
            return;
        }
        Pulse before = pulses.getOrDefault(node.route(), Pulse.FIRST);
        Pulse after = answer.after(before, thresholds);
        pulses.put(node.route(), after);
        if (answer.report().known()) {
            nodes = nodes.with(node.route(), answer.report());
            if (!before.isUp()) {
                share(node).forgetCounts();
            }
            share(node).reported(answer.report());
            share(node).foundUpFor(answer.report().upSeconds(), System.nanoTime());
        }
        if (!after.condition().equals(before.condition())) {
            nodes = nodes.with(node.route(), after.condition());
            if (!before.isUp()) {
                share(node).cameUp(System.nanoTime());
            }
            logFlip(node, before, after);
        }
        listener.accept(nodes);
    }

    private Share share(Node node) {
        return nodes.named(node.route()).orElseThrow().share();
    }

    /** Removed, or at another address, since it was asked. */
    private boolean isNoMore(Node node) {
        return nodes.named(node.route())
                .filter(member -> member.node().uri().equals(node.uri()))
                .isEmpty();
    }

    private void logFlip(Node node, Pulse before, Pulse after) {
        boolean flipped = before.condition().state() != after.condition().state();
        boolean turnedWrong =
                before.condition().worthTrying() && !after.condition().worthTrying();
        if (flipped || turnedWrong) {
            log(node, after.condition());
            logFlapping(node, after);
        }
    }

    private void log(Node node, Condition condition) {
        String up = nodes.describeUp();
        switch (condition.state()) {
            case READY -> LOG.info("node '{}' is ready (up: {})", node, up);
            case DRAINING ->
                LOG.info(
                        "node '{}' is draining: {} (up: {}); it keeps its sessions and gets no new ones",
                        node,
                        condition.why(),
                        up);
            case MOVING, DRAINED, MAINTENANCE ->
                LOG.info("node '{}' is {}: {} (up: {})", node, condition.state(), condition.why(), up);
            case DOWN -> logDown(node, condition, up);
        }
    }

    private void logFlapping(Node node, Pulse pulse) {
        if (!pulse.isUp() && pulse.falls() > 1) {
            LOG.warn(
                    "node '{}' has gone down {} times in a short while; it is up again after {} good probes",
                    node,
                    pulse.falls(),
                    pulse.needed(thresholds.rise()));
        }
    }

    private static void logDown(Node node, Condition condition, String up) {
        if (!condition.worthTrying()) {
            LOG.error("node '{}' is down: {} (up: {})", node, condition.why(), up);
            return;
        }
        if (up.equals("none")) {
            LOG.error(
                    "node '{}' is down: {} (up: none); requests try the nodes all the same, and are answered 503 when none is back",
                    node,
                    condition.why());
            return;
        }
        LOG.warn("node '{}' is down: {} (up: {}); its sessions move on their next request", node, condition.why(), up);
    }
}
