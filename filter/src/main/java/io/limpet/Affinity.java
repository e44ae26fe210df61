package io.limpet;

import io.limpet.route.Route;
import java.util.Optional;

/**
 * Why this node serves a request.
 *
 * @param node the node that serves
 * @param choice how the proxy chose it
 * @param takenOverFrom the session's own node, when this one serves in its place
 * @param adopted whether this request found a session that lived on another node
 */
public record Affinity(Route node, Choice choice, Optional<Route> takenOverFrom, boolean adopted) {

    /** How the proxy chose the node. */
    public enum Choice {
        /** The session's own node. */
        OWNER,
        /** Another node, because the session's own could not serve. */
        TAKEOVER,
        /** Another node, because it has fewer sessions than the session's own, which has let it go. */
        REBALANCE,
        /** Any node: the request has no session. */
        FRESH,
        /** Limpet's proxy was not asked: the request came past it, or through another one. */
        DIRECT
    }
}
