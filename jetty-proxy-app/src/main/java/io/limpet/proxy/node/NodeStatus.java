package io.limpet.proxy.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * What a node says about itself at {@code /limpet/status}.
 *
 * @param node the name that its filter writes into session cookies
 * @param state {@code ready} or {@code draining}
 * @param sessions its live sessions
 */
public record NodeStatus(String node, String state, int sessions) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads the filter's JSON, fields that are not known here aside: empty when it is something else. */
    public static Optional<NodeStatus> parse(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            String node = tree.path("node").asText();
            String state = tree.path("state").asText();
            return node.isEmpty() || state.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new NodeStatus(node, state, tree.path("sessions").asInt()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** What the status means for this node. */
    public ProbeAnswer answerOf(Node asked) {
        if (!node.equals(asked.route().name())) {
            return new ProbeAnswer.Misnamed("its status at " + asked.uri() + " says that it is node '" + node
                    + "'; write '" + node + "=" + asked.uri() + "' here, or limpet.node=" + asked + " there");
        }
        return switch (state) {
            case "ready" -> new ProbeAnswer.Well(false);
            case "draining" -> new ProbeAnswer.Well(true);
            default -> new ProbeAnswer.Unwell("its status says '" + state + "'");
        };
    }
}
