package io.limpet;

import io.limpet.route.Route;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** What an application may ask: which node am I, and why do I serve this request. */
public final class Limpet {

    /** Where the filter leaves the node's name in the context. */
    private static final String NODE = "io.limpet.node";

    /** How the names of attributes begin in which filters leave the answer in a request. */
    public static final String ATTRIBUTES = "io.limpet.affinity.";

    /**
     * Where the filter of this application leaves it. Another one for each class loader: applications that forward to each
     * other share the request, and what one leaves there is of no class that the other knows.
     */
    public static final String ATTRIBUTE = ATTRIBUTES + Integer.toHexString(System.identityHashCode(Affinity.class));

    private static volatile Optional<Route> thisNode = Optional.empty();

    private Limpet() {}

    /**
     * The name of this node, as in the session cookie; empty while no filter has started. A server that loads Limpet once
     * for several applications has one node in all of them.
     */
    public static Optional<Route> node() {
        return thisNode;
    }

    /** The name of this node as the filter of this application was told. */
    public static Optional<Route> node(ServletContext context) {
        return context.getAttribute(NODE) instanceof Route node ? Optional.of(node) : Optional.empty();
    }

    /** Why this node serves this request; empty when the request did not pass the filter. */
    public static Optional<Affinity> current(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Affinity affinity ? Optional.of(affinity) : Optional.empty();
    }

    /** Called by the filter when it starts. */
    public static void started(Route node, ServletContext context) {
        thisNode = Optional.of(node);
        context.setAttribute(NODE, node);
    }
}
