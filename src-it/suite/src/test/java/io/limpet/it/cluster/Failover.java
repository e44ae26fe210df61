package io.limpet.it.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one flag, and what goes with it. */
public enum Failover {
    /** Sessions outlive their node. */
    ON("healthy") {
        @Override
        Map<String, String> environment(String cluster, Node node, List<Node> all) {
            return members(cluster, node, all);
        }
    },
    /** A node that sees no majority of the members acknowledges nothing. */
    QUORUM("healthy") {
        @Override
        Map<String, String> environment(String cluster, Node node, List<Node> all) {
            Map<String, String> environment = new HashMap<>(members(cluster, node, all));
            environment.put("LIMPET_QUORUM", Integer.toString(all.size() / 2 + 1));
            environment.put("LIMPET_ON_STORE_FAILURE", "reject");
            return environment;
        }
    },
    /** Switched on, but every node is a cluster of its own: there is no second copy of anything. */
    WITHOUT_BACKUP("degraded") {
        @Override
        Map<String, String> environment(String cluster, Node node, List<Node> all) {
            return members(cluster + "-" + node.name(), node, List.of(node));
        }
    },
    /** They do not. */
    OFF("off") {
        @Override
        Map<String, String> environment(String cluster, Node node, List<Node> all) {
            return Map.of();
        }
    };

    private final String whenWhole;

    Failover(String whenWhole) {
        this.whenWhole = whenWhole;
    }

    /** What the status says when all is well. */
    String whenWhole() {
        return whenWhole;
    }

    private static Map<String, String> members(String cluster, Node node, List<Node> all) {
        return Map.of(
                "LIMPET_FAILOVER",
                "true",
                "LIMPET_CLUSTER",
                cluster,
                "LIMPET_BIND",
                node.member(),
                "LIMPET_MEMBERS",
                all.stream().map(Node::member).collect(Collectors.joining(",")));
    }

    abstract Map<String, String> environment(String cluster, Node node, List<Node> all);
}
