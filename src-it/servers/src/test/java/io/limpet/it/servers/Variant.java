package io.limpet.it.servers;

import java.util.List;

/** What runs on the nodes of a cluster, in the order in which a server is tried. */
enum Variant {
    /** The shop as it is. */
    SHOP(3, ""),
    /** The shop, on nodes whose server writes a route of its own: one equal to the node's name, one different. */
    OWN_ROUTE(2, ""),
    /** The shop without Limpet, on nodes whose server writes their names as its own route. */
    CONTAINER_ROUTE(2, ""),
    /** The judges' application, bare on one node, with the filter on two. */
    PROBE(2, ""),
    /** A bean of CDI and a page of Jakarta Faces. */
    JAKARTA_EE(2, "limpet.it.probe-ee"),
    /** A login of Spring Security. */
    SPRING(2, "limpet.it.probe-spring");

    private final int nodes;
    private final String application;

    Variant(int nodes, String application) {
        this.nodes = nodes;
        this.application = application;
    }

    int nodes() {
        return nodes;
    }

    /** The property that says where its WAR is; empty for the shop. */
    String application() {
        return application;
    }

    List<Check> checks() {
        return Check.ALL.stream().filter(check -> check.on() == this).toList();
    }

    /** What the server writes into the cookie as its own route. */
    static String ownRouteOf(String node) {
        return node.equals("n1") ? node : "hull" + node;
    }
}
