package io.limpet.proxy.admin;

import io.limpet.proxy.metrics.Sampler;
import io.limpet.proxy.metrics.Traffic;
import io.limpet.proxy.node.ContextState;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.peer.PeerView;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the nodes at the moment: looked at once a second, kept for those who ask, sent to those who listen.
 *
 * <p>{@link #look()} is called by one thread; the rest by any.
 */
final class Live {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    /** @param deadlineSeconds of a drain, from its order */
    record OrderView(String node, String context, String state, long deadlineSeconds) {
        static OrderView of(Ordered ordered) {
            return new OrderView(
                    ordered.node().name(),
                    ordered.context(),
                    ordered.order().toString(),
                    ordered.deadline().toSeconds());
        }
    }

    /**
     * @param context {@code /} for the root's application
     * @param from who says so: {@code admin}, {@code file} or {@code node}
     */
    record ContextView(String node, String context, String state, String from, String why) {
        static ContextView of(ContextState told) {
            return new ContextView(
                    told.node().name(),
                    told.context().isEmpty() ? "/" : told.context(),
                    told.condition().state().toString(),
                    told.origin().toString(),
                    told.condition().why());
        }
    }

    /**
     * @param contexts how nodes stand for single context paths
     * @param waiting requests of lost sessions that wait for another node
     * @param refused those that would have waited too long, since the proxy's start
     */
    record View(
            long at,
            List<NodeView> nodes,
            List<ContextView> contexts,
            List<OrderView> orders,
            int waiting,
            long refused,
            List<PeerView> peers) {}

    private final Operated operated;
    private final Sampler sampler;
    private final EventStreams streams = new EventStreams();
    private final Timeline timeline;
    private final Map<String, Long> takeovers = new HashMap<>();
    private final Map<String, Long> rebalances = new HashMap<>();
    private volatile Map<String, Traffic> traffic = Map.of();

    Live(Operated operated) {
        this.operated = operated;
        this.sampler = new Sampler(operated.metrics());
        this.timeline =
                new Timeline(Clock.systemUTC(), event -> streams.send(EventStreams.frame("event", Json.of(event))));
        operated.states().watchedBy(timeline);
    }

    Timeline timeline() {
        return timeline;
    }

    EventStreams streams() {
        return streams;
    }

    /** Once a second. */
    void look() {
        try {
            traffic = sampler.look(operated.states().nodes());
            traffic.forEach((node, seen) -> {
                tell(more(takeovers, node, seen.takeovers()), count -> timeline.takenOver(node, count));
                tell(more(rebalances, node, seen.rebalances()), count -> timeline.rebalanced(node, count));
            });
            takeovers.keySet().retainAll(operated.metrics().counted());
            rebalances.keySet().retainAll(operated.metrics().counted());
            streams.send(EventStreams.frame("nodes", Json.of(view())));
        } catch (RuntimeException e) {
            // the scheduler would never call again
            LOG.error("the nodes could not be looked at: {}", e.toString(), e);
        }
    }

    private static long more(Map<String, Long> before, String node, long now) {
        Long was = before.put(node, now);
        return now - (was == null ? 0 : was);
    }

    private static void tell(long count, LongConsumer told) {
        if (count > 0) {
            told.accept(count);
        }
    }

    View view() {
        return new View(
                System.currentTimeMillis(),
                operated.states().nodes().all().stream()
                        .map(member -> NodeView.of(
                                member,
                                operated.metrics().queued(member.node()),
                                traffic.getOrDefault(member.node().toString(), Traffic.NONE)))
                        .toList(),
                operated.states().contexts().stream().map(ContextView::of).toList(),
                operated.states().orders().stream().map(OrderView::of).toList(),
                operated.metrics().takeovers().waiting(),
                operated.metrics().takeovers().refused(),
                operated.peers().get());
    }
}
