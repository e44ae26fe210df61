package io.limpet.it.cluster;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The one flag. */
public enum Failover {
    /** Sessions outlive their node. */
    ON("healthy") {
        @Override
        Map<String, String> environment(String cluster, Node node, List<Node> all) {
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

    abstract Map<String, String> environment(String cluster, Node node, List<Node> all);
}
