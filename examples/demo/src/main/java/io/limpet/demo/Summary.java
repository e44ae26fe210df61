package io.limpet.demo;

import java.nio.file.Path;
import java.util.Map;

/** What a person needs to know once everything is up. */
final class Summary {

    private Summary() {}

    /** @param pids the process id of each node and of the proxy, by name */
    static String of(Plan plan, Map<String, Long> pids, Path logs) {
        String url = "http://127.0.0.1:" + plan.port();
        StringBuilder text = new StringBuilder();
        line(text, "");
        line(text, "  @|bold Limpet|@ keeps a shop open: " + headline(plan));
        line(text, "");
        line(text, "  Open   @|bold,underline " + url + "/|@");
        line(text, "");
        line(text, "  @|faint %-7s %6s %9s   %s|@".formatted("name", "port", "process", "to kill it"));
        plan.nodes().forEach(node -> row(text, node.name(), node.port(), pids));
        row(text, Plan.PROXY, plan.port(), pids);
        line(text, "");
        line(text, "  Try    1. Put something into the basket. The foot of the page names the node that served it.");
        line(text, "         2. @|bold kill -9|@ that node's process and load the page again: " + outcome(plan));
        line(text, "  Or     curl -s -c jar -b jar -X POST '" + url + "/api/cart?item=mug'");
        line(text, "         curl -s -c jar -b jar " + url + "/api/cart");
        line(text, "");
        line(text, "  Logs   " + logs);
        line(text, "  End    Ctrl-C");
        return text.toString();
    }

    static String nodes(Plan plan) {
        int count = plan.nodes().size();
        return count + (count == 1 ? " node" : " nodes");
    }

    private static String headline(Plan plan) {
        return nodes(plan) + ", failover " + (plan.failover() ? "on" : "off")
                + (plan.restart() ? ", what is killed comes back" : "");
    }

    private static String outcome(Plan plan) {
        if (plan.nodes().size() == 1) {
            return "nobody is left to serve it.";
        }
        return plan.failover() ? "another node, the same basket." : "another node, an empty basket.";
    }

    private static void row(StringBuilder text, String name, int port, Map<String, Long> pids) {
        long pid = pids.getOrDefault(name, 0L);
        line(text, "  @|bold %-7s|@ %6d %9d   kill -9 %d".formatted(name, port, pid, pid));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
