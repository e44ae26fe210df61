package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.net.URI;
import java.util.Arrays;

/** Makes nodes for tests: each listens on a port of its own. */
final class Members {

    private Members() {}

    static Node node(String name) {
        int port = 8000 + Math.floorMod(name.hashCode(), 1000);
        return new Node(new Route(name), URI.create("http://127.0.0.1:" + port));
    }

    static Nodes ready(String... names) {
        return Nodes.startingWith(Arrays.stream(names).map(Members::node).toList());
    }

    static Nodes with(Nodes nodes, Condition condition, String... names) {
        Nodes changed = nodes;
        for (String name : names) {
            changed = changed.with(new Route(name), condition);
        }
        return changed;
    }

    static Nodes down(Nodes nodes, String... names) {
        return with(nodes, Condition.down("connection refused"), names);
    }
}
