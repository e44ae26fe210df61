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
import java.util.function.Predicate;

/**
 * The last order for each node and context path, of whichever proxy. Orders for nodes that are not known here are kept:
 * they may be found later, within a month.
 *
 * <p>Not safe for use by several threads.
 */
final class OrderBook {

    /** A node, or a context path of it. */
    record Place(Route node, String context) {
        static Place of(Ordered ordered) {
            return new Place(ordered.node(), ordered.context());
        }
    }

    /** A proxy that was cut off for longer than this may bring back an order that has ended. */
    private static final Duration ENDED_KEPT = Duration.ofDays(7);

    /** A node that comes back after longer than this is another one; pods have new names at each start. */
    static final Duration AWAY_KEPT = Duration.ofDays(30);

    private final Clock clock;
    private final String proxy;
    private final Map<Place, StampedOrder> orders = new HashMap<>();
    /** Since when the nodes are away that there are orders for. */
    private final Map<Route, Instant> awaySince = new HashMap<>();

    private Predicate<Route> isThere = node -> true;
    private long latest;

    /** @param proxy this proxy's name, another one at each start */
    OrderBook(Clock clock, String proxy) {
        this.clock = clock;
        this.proxy = proxy;
    }

    /** Writes down what is ordered here and now. */
    void write(Ordered ordered) {
        take(new StampedOrder(ordered, new Stamp(Math.max(clock.millis(), latest + 1), proxy)));
    }

    /** Writes down what was ordered somewhere; {@code false} when it is known or forgotten, or a later one is known. */
    boolean take(StampedOrder order) {
        latest = Math.max(latest, order.stamp().time());
        Place place = Place.of(order.ordered());
        StampedOrder known = orders.get(place);
        if (known == null ? isForgotten(order) || isGone(order) : known.stamp().compareTo(order.stamp()) >= 0) {
            return false;
        }
        orders.put(place, order);
        orders.values().removeIf(this::isForgotten);
        return true;
    }

    private boolean isForgotten(StampedOrder order) {
        return !holds(order) && isOlder(order, ENDED_KEPT);
    }

    private boolean isOlder(StampedOrder order, Duration age) {
        return order.stamp().time() < clock.millis() - age.toMillis();
    }

    /** These nodes are there now; what was ordered of one that has been away for long is forgotten. */
    void seen(Predicate<Route> there) {
        isThere = there;
        Instant now = clock.instant();
        orders.keySet().forEach(place -> awaySince.putIfAbsent(place.node(), now));
        awaySince
                .keySet()
                .removeIf(node -> there.test(node)
                        || orders.keySet().stream()
                                .noneMatch(place -> place.node().equals(node)));
        orders.entrySet()
                .removeIf(entry -> isGone(entry.getValue())
                        && awaySince
                                .getOrDefault(entry.getKey().node(), now)
                                .plus(AWAY_KEPT)
                                .isBefore(now));
    }

    /** Who is told of it when it is there will take it. */
    private boolean isGone(StampedOrder order) {
        return !isThere.test(order.ordered().node()) && isOlder(order, AWAY_KEPT);
    }

    /** The order that holds for a node, or for this context path of it. */
    Optional<StampedOrder> at(Route node, String context) {
        return Optional.ofNullable(orders.get(new Place(node, context))).filter(OrderBook::holds);
    }

    /** What the settings want of a node, or of this context path of it, unless an order beats that. */
    Order standing(Node node, String context) {
        return at(node.route(), context).isPresent()
                ? Order.READY
                : node.standing().of(context);
    }

    /** Whether there is an order for this node as a whole. */
    boolean isOrdered(Route node) {
        return at(node, "").isPresent();
    }

    /** All of them, also those that only end others. */
    List<StampedOrder> all() {
        orders.values().removeIf(this::isForgotten); // or one who has forgotten it would be told of it for ever
        return List.copyOf(orders.values());
    }

    /** Those that hold, by node and context path. */
    List<Ordered> holding() {
        return orders.values().stream()
                .filter(OrderBook::holds)
                .map(StampedOrder::ordered)
                .sorted(Comparator.comparing((Ordered it) -> it.node().name()).thenComparing(Ordered::context))
                .toList();
    }

    private static boolean holds(StampedOrder order) {
        return order.ordered().order() != Order.READY;
    }
}
