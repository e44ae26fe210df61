package io.limpet.filter;

import io.limpet.Affinity;
import io.limpet.Affinity.Choice;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy says of its choice in {@code Limpet-Route: takeover;from=n1}. It removes such headers of clients; a
 * request that comes past it may say anything, so nothing is decided by it but whether the response is tagged.
 */
record ProxyChoice(Choice choice, Optional<Route> takenOverFrom) {

    static final String HEADER = "Limpet-Route";

    /** The owner, which drains: it is to serve a session that lives there, and begin none. */
    private static final String LEAVING = "owner;leaving";

    private static final String TAKEOVER = "takeover;from=";
    private static final String REBALANCE = "rebalance;from=";

    /** Whether a request comes through Limpet's proxy, which has taken the route off what the client asked for. */
    static boolean isIn(HttpServletRequest request) {
        return request.getHeader(HEADER) != null;
    }

    /** Whether this is what it says to a node that drains. */
    static boolean isLeaving(@Nullable String header) {
        return LEAVING.equals(header);
    }

    static ProxyChoice in(HttpServletRequest request) {
        return of(request.getHeader(HEADER));
    }

    /** What the application is told, on this node. */
    Affinity affinity(Route node, boolean adopted) {
        return new Affinity(node, choice, takenOverFrom, adopted);
    }

    static ProxyChoice of(@Nullable String header) {
        if (header == null) {
            return new ProxyChoice(Choice.DIRECT, Optional.empty());
        }
        if (header.startsWith(TAKEOVER)) {
            return new ProxyChoice(Choice.TAKEOVER, Route.parse(header.substring(TAKEOVER.length())));
        }
        if (header.startsWith(REBALANCE)) {
            return new ProxyChoice(Choice.REBALANCE, Route.parse(header.substring(REBALANCE.length())));
        }
        return switch (header) {
            case "owner", LEAVING -> new ProxyChoice(Choice.OWNER, Optional.empty());
            case "fresh" -> new ProxyChoice(Choice.FRESH, Optional.empty());
            default -> new ProxyChoice(Choice.DIRECT, Optional.empty());
        };
    }
}
