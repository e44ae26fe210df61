package io.limpet.proxy.peer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.Stamp;
import io.limpet.proxy.node.StampedOrder;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Orders as proxies write them to each other:
 * {@code {"orders": [{"node": "n1", "context": "", "state": "draining", "deadlineSeconds": 1800, "time": 1790000000000,
 * "by": "…"}]}}.
 */
public final class OrderList {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "orders";

    private OrderList() {}

    /** The orders as one line. */
    public static String write(List<StampedOrder> orders) {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode list = all.putArray(ORDERS);
        orders.forEach(order -> write(order, list.addObject()));
        return all.toString();
    }

    private static void write(StampedOrder order, ObjectNode into) {
        Ordered ordered = order.ordered();
        into.put("node", ordered.node().name());
        into.put("context", ordered.context());
        into.put("state", ordered.order().toString());
        into.put("deadlineSeconds", ordered.deadline().toSeconds());
        into.put("time", order.stamp().time());
        into.put("by", order.stamp().by());
    }

    /**
     * The orders of a line.
     *
     * @throws IllegalArgumentException when it is none, or anything in it is wrong; then none of it should be done
     */
    public static List<StampedOrder> read(String text) {
        JsonNode list;
        try {
            list = JSON.readTree(text).path(ORDERS);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("it has no list of orders");
        }
        List<StampedOrder> orders = new ArrayList<>();
        list.forEach(order -> orders.add(read(order)));
        return orders;
    }

    private static StampedOrder read(JsonNode order) {
        String state = order.path("state").asText();
        return new StampedOrder(
                new Ordered(
                        new Route(order.path("node").asText()),
                        order.path("context").asText(),
                        Order.named(state)
                                .orElseThrow(() -> new IllegalArgumentException("there is no state '" + state + "'")),
                        Duration.ofSeconds(order.path("deadlineSeconds").asInt())),
                new Stamp(order.path("time").asLong(-1), order.path("by").asText()));
    }
}
