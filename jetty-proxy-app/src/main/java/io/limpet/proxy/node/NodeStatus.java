package io.limpet.proxy.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * What a node says about itself at {@code /limpet/status}.
 *
 * @param node the name that its filter writes into session cookies
 * @param state {@code ready} or {@code draining}
 */
public record NodeStatus(String node, String state) {

    /** The streaming parser: binding to objects would load four hundred classes for three fields. */
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads the filter's JSON, fields that are not known here aside: empty when it is something else. */
    public static Optional<NodeStatus> parse(String json) {
        String node = "";
        String state = "";
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "node" -> node = parser.getValueAsString("");
                    case "state" -> state = parser.getValueAsString("");
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return node.isEmpty() || state.isEmpty() ? Optional.empty() : Optional.of(new NodeStatus(node, state));
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
