package io.limpet.proxy.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what operators order, and does it. */
final class Changes {

    private static final Pattern STATE = Pattern.compile("/api/nodes/([^/]{1,64})/state");
    private static final int MAX_SECONDS = 7 * 24 * 3_600;

    private final NodeStates states;

    Changes(NodeStates states) {
        this.states = states;
    }

    /** The node's name in {@code /api/nodes/n1/state}. */
    static Optional<String> nodeIn(String path) {
        Matcher matcher = STATE.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Orders {@code {"state": "draining", "context": "/shop", "deadlineSeconds": 600}}; all but the state may be left out.
     *
     * @return what is wrong with it
     */
    Optional<Problem> order(String node, String body) {
        Optional<JsonNode> json = Json.object(body);
        Optional<Order> order = json.flatMap(it -> Order.named(it.path("state").asText()));
        Optional<Route> route = Route.parse(node);
        if (order.isEmpty()) {
            return Optional.of(new Problem(400, "write {\"state\": \"ready\"}, \"draining\" or \"maintenance\""));
        }
        JsonNode seconds = json.get().path("deadlineSeconds");
        if (!seconds.isMissingNode() && (!seconds.isInt() || seconds.asInt() < 0 || seconds.asInt() > MAX_SECONDS)) {
            return Optional.of(new Problem(400, "deadlineSeconds is a number from 0 to " + MAX_SECONDS));
        }
        Duration deadline = seconds.isMissingNode() ? states.drainDeadline() : Duration.ofSeconds(seconds.asInt());
        try {
            String context = json.get().path("context").asText("");
            return route.isPresent() && states.order(new Ordered(route.get(), context, order.get(), deadline))
                    ? Optional.empty()
                    : Optional.of(new Problem(404, "there is no node '" + node + "'; there are " + states.nodes()));
        } catch (IllegalArgumentException e) {
            return Optional.of(new Problem(400, String.valueOf(e.getMessage())));
        }
    }
}
