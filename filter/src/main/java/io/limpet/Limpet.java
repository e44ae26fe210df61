package io.limpet;

import io.limpet.route.Route;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.Optional;

/** What an application may ask: which node am I, and why do I serve this request. */
public final class Limpet {

    /** Where the filter leaves the answers: in the context and in each request. */
    public static final String ATTRIBUTE = "io.limpet.affinity";

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
        return context.getAttribute(ATTRIBUTE) instanceof Route node ? Optional.of(node) : Optional.empty();
    }

    /** Why this node serves this request; empty when the request did not pass the filter. */
    public static Optional<Affinity> current(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Affinity affinity ? Optional.of(affinity) : Optional.empty();
    }

    /** Called by the filter when it starts. */
    public static void started(Route node, ServletContext context) {
        thisNode = Optional.of(node);
        context.setAttribute(ATTRIBUTE, node);
    }
}
