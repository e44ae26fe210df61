package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final Thresholds thresholds;
    private final Map<Route, Pulse> pulses = new HashMap<>();
    private volatile Nodes nodes;
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
        hear(node, new ProbeAnswer.Refused(why));
    }

    /** A probe of the node has answered. */
    public synchronized void hear(Node node, ProbeAnswer answer) {
        Pulse before = pulses.getOrDefault(node.route(), Pulse.FIRST);
        Pulse after = answer.after(before, thresholds);
        pulses.put(node.route(), after);
        if (answer.report().known()) {
            nodes = nodes.with(node.route(), answer.report());
        }
        if (!after.condition().equals(before.condition())) {
            nodes = nodes.with(node.route(), after.condition());
            logFlip(node, before, after);
        }
        listener.accept(nodes);
    }

    private void logFlip(Node node, Pulse before, Pulse after) {
        boolean flipped = before.condition().state() != after.condition().state();
        boolean turnedWrong =
                before.condition().worthTrying() && !after.condition().worthTrying();
        if (flipped || turnedWrong) {
            log(node, after.condition());
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

    private static void logDown(Node node, Condition condition, String up) {
        if (!condition.worthTrying()) {
            LOG.error("node '{}' is down: {} (up: {})", node, condition.why(), up);
            return;
        }
        if (up.equals("none")) {
            LOG.error(
                    "node '{}' is down: {} (up: none); every request is answered 503 until a node is back",
                    node,
                    condition.why());
            return;
        }
        LOG.warn("node '{}' is down: {} (up: {}); its sessions move on their next request", node, condition.why(), up);
    }
}
