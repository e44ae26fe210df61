package io.limpet.proxy.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;

/** How are the nodes? */
@Command
final class StatusQuestion implements AskingCommand.Question {

    @Override
    public void ask(RunningProxy proxy, PrintWriter out) throws RunningProxy.RefusedException {
        print(proxy.get("/api/nodes"), out);
    }

    /** The answer of {@code /api/nodes} as a table. */
    static void print(JsonNode answer, PrintWriter out) {
        out.println(line("NODE", "STATE", "SESSIONS", "IN FLIGHT", "REQ/S", "P99 MS", "URL", "WHY"));
        answer.path("nodes")
                .forEach(node -> out.println(line(
                        node.path("name").asText(),
                        node.path("state").asText(),
                        node.path("known").asBoolean() ? node.path("sessions").asText() : "-",
                        node.path("inFlight").asText(),
                        String.format(
                                Locale.ROOT, "%.1f", node.path("perSecond").asDouble()),
                        String.format(Locale.ROOT, "%.0f", node.path("p99").asDouble()),
                        node.path("url").asText(),
                        node.path("why").asText())));
        answer.path("contexts")
                .forEach(context ->
                        out.println("context: " + context.path("node").asText()
                                + context.path("context").asText() + " is "
                                + context.path("state").asText() + " ("
                                + context.path("from").asText() + ")"
                                + because(context.path("why").asText())));
        answer.path("orders")
                .forEach(order -> out.println("order: " + order.path("node").asText()
                        + order.path("context").asText() + " is to be "
                        + order.path("state").asText()));
        answer.path("peers")
                .forEach(peer -> out.println("proxy: " + peer.path("address").asText()
                        + (peer.path("answers").asBoolean()
                                ? " has these orders"
                                : " does not answer: " + peer.path("why").asText())));
    }

    private static String because(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-12s %-12s %9s %10s %8s %7s  %-28s %s", cells)
                .stripTrailing();
    }
}
