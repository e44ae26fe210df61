package io.limpet.proxy.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node says about itself at {@code /limpet/status}.
 *
 * @param node the name that its filter writes into session cookies
 * @param state {@code ready} or {@code draining}
 * @param report its numbers
 */
public record NodeStatus(String node, String state, NodeReport report) {

    /** The streaming parser: binding to objects would load four hundred classes for three fields. */
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads the filter's JSON, fields that are not known here aside: empty when it is something else. */
    public static Optional<NodeStatus> parse(String json) {
        String node = "";
        String state = "";
        long sessions = 0;
        long inFlight = 0;
        long adopted = 0;
        long upSeconds = NodeReport.LONG;
        Failover failover = Failover.OFF;
        List<ApplicationReport> applications = List.of();
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
                    case "sessions" -> sessions = parser.getValueAsLong(0);
                    case "inFlight" -> inFlight = parser.getValueAsLong(0);
                    case "adopted" -> adopted = parser.getValueAsLong(0);
                    case "upSeconds" -> upSeconds = parser.getValueAsLong(NodeReport.LONG);
                    case "failover" -> failover = Failover.of(parser.getValueAsString(""));
                    case "applications" -> applications = applications(parser);
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        NodeReport report = NodeReport.of(sessions, inFlight, failover, adopted)
                .upFor(upSeconds)
                .with(applications);
        return node.isEmpty() || state.isEmpty() ? Optional.empty() : Optional.of(new NodeStatus(node, state, report));
    }

    private static List<ApplicationReport> applications(JsonParser parser) throws IOException {
        List<ApplicationReport> applications = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return applications;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            applications.add(application(parser));
        }
        return applications;
    }

    private static ApplicationReport application(JsonParser parser) throws IOException {
        String context = "";
        long sessions = 0;
        long sequence = 0;
        long inFlight = 0;
        Failover failover = Failover.OFF;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "context" -> context = parser.getValueAsString("");
                case "sessions" -> sessions = parser.getValueAsLong(0);
                case "seq" -> sequence = parser.getValueAsLong(0);
                case "inFlight" -> inFlight = parser.getValueAsLong(0);
                case "failover" -> failover = Failover.of(parser.getValueAsString(""));
                default -> parser.skipChildren();
            }
        }
        return new ApplicationReport(context, sessions, sequence, inFlight, failover);
    }

    /** The same with these numbers. */
    public NodeStatus with(NodeReport corrected) {
        return new NodeStatus(node, state, corrected);
    }

    /** What the status means for this node. */
    public ProbeAnswer answerOf(Node asked) {
        if (!node.equals(asked.route().name())) {
            return new ProbeAnswer.Misnamed("its status at " + asked.uri() + " says that it is node '" + node
                    + "'; write '" + node + "=" + asked.uri() + "' here, or limpet.node=" + asked + " there");
        }
        return switch (state) {
            case "ready" -> new ProbeAnswer.Well(false, report);
            case "draining" -> new ProbeAnswer.Well(true, report);
            default -> new ProbeAnswer.Unwell("its status says '" + state + "'");
        };
    }
}
