package io.limpet.proxy.admin;

import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeWatcher;
import io.limpet.proxy.node.Ordered;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The last things that happened, the oldest first. Safe for any number of threads. */
final class Timeline implements NodeWatcher {

    private static final int LENGTH = 200;
    private static final String TAKEOVER = "takeover";
    private static final String REBALANCE = "rebalance";

    /** What comes later begins a new run. */
    private static final long RUN_MILLIS = 5_000;

    private final Clock clock;
    private final Consumer<Event> listener;
    private final Deque<Event> events = new ArrayDeque<>();

    /** @param listener is told of each; must not block */
    Timeline(Clock clock, Consumer<Event> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Tells of what has happened; what happens later is told the listener afterwards, and none of it both. */
    synchronized void replay(Consumer<List<Event>> to) {
        to.accept(events());
    }

    @Override
    public void flipped(Node node, Condition before, Condition after) {
        String why = after.why().isEmpty() ? "" : ": " + after.why();
        add("state", node.toString(), after.state().toString(), node + " is " + after.state() + why);
    }

    @Override
    public void ordered(Ordered ordered) {
        String context = ordered.context().isEmpty() ? "" : " for " + ordered.context();
        add("order", ordered.node().name(), "", ordered.node() + context + " is to be " + ordered.order());
    }

    /** A node has served requests of sessions that had lost their node. */
    void takenOver(String node, long requests) {
        run(TAKEOVER, node, requests, " for other nodes");
    }

    /** A node has served requests of sessions that have come from fuller ones. */
    void rebalanced(String node, long requests) {
        run(REBALANCE, node, requests, " of sessions that came from fuller nodes");
    }

    /** A run of them is one event, told again as it goes on. */
    private synchronized void run(String kind, String node, long requests, String why) {
        long now = clock.millis();
        Optional<Event> before = events.stream()
                .filter(event ->
                        event.kind().equals(kind) && event.node().equals(node) && now - event.until() < RUN_MILLIS)
                .findFirst();
        before.ifPresent(events::remove);
        long all = requests + before.map(Event::count).orElse(0L);
        tell(new Event(
                before.map(Event::at).orElse(now),
                now,
                kind,
                node,
                "",
                all,
                node + " served " + all + (all == 1 ? " request" : " requests") + why));
    }

    void reloaded(ReloadOutcome outcome) {
        String what = outcome.accepted() ? "the settings were read again" : "the settings were refused";
        add("reload", "", "", outcome.notes().isEmpty() ? what : what + ": " + String.join("; ", outcome.notes()));
    }

    private void add(String kind, String node, String state, String text) {
        long now = clock.millis();
        tell(new Event(now, now, kind, node, state, 0, text));
    }

    /** Under the lock, so that who begins to listen meanwhile misses nothing. */
    private synchronized void tell(Event event) {
        events.addLast(event);
        if (events.size() > LENGTH) {
            events.removeFirst();
        }
        listener.accept(event);
    }
}
