package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last order for each node and context path, of whichever proxy. Orders for nodes that are not known here are kept:
 * they may be found later.
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

    private final Clock clock;
    private final String proxy;
    private final Map<Place, StampedOrder> orders = new HashMap<>();
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
        if (known == null ? isForgotten(order) : known.stamp().compareTo(order.stamp()) >= 0) {
            return false;
        }
        orders.put(place, order);
        orders.values().removeIf(this::isForgotten);
        return true;
    }

    private boolean isForgotten(StampedOrder order) {
        return !holds(order) && order.stamp().time() < clock.millis() - ENDED_KEPT.toMillis();
    }

    /** The order that holds for a node, or for this context path of it. */
    Optional<StampedOrder> at(Route node, String context) {
        return Optional.ofNullable(orders.get(new Place(node, context))).filter(OrderBook::holds);
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
