package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.net.URI;

/**
 * One running copy of the application.
 *
 * @param route its name in the session cookie
 * @param uri where it listens: scheme {@code http} or {@code https}, host and port, and nothing behind the port
 * @param tagging who writes the route behind its session ids
 * @param weight how much it is given, beside the others' weights; 1 to 100
 * @param standing what the settings want of it while the operator has ordered nothing
 */
public record Node(Route route, URI uri, Tagging tagging, int weight, Standing standing) {

    /** The weight of a node of which nothing else is said. */
    public static final int NORMAL = 1;

    /** A node that is to be ready. */
    public Node(Route route, URI uri, Tagging tagging, int weight) {
        this(route, uri, tagging, weight, Standing.of(Order.READY));
    }

    /** A node like the others. */
    public Node(Route route, URI uri, Tagging tagging) {
        this(route, uri, tagging, NORMAL);
    }

    /** A node whose sessions Limpet tags. */
    public Node(Route route, URI uri) {
        this(route, uri, Tagging.LIMPET);
    }

    /** @throws IllegalArgumentException when the URI is neither {@code http://host:port} nor {@code https://host:port} */
    public Node {
        if (weight < 1 || weight > 100) {
            throw new IllegalArgumentException("node '" + route + "' of weight " + weight + " must be of 1 to 100");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("node '" + route + "' at '" + uri + "' must be at http://host:port");
        }
        if ((uri.getRawPath() != null && !uri.getRawPath().isEmpty())
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("node '" + route + "' at '" + uri + "' must end after the port");
        }
    }

    @Override
    public String toString() {
        return route.name();
    }
}
