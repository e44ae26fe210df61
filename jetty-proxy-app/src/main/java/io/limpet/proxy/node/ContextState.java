package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.Locale;

/**
 * How a node stands for one context path, where somebody has said something of that.
 *
 * @param node the node's name
 * @param context the context path; empty for the root's application
 * @param condition what holds for its requests
 * @param origin who has said it
 */
public record ContextState(Route node, String context, Condition condition, Origin origin) {

    /** Who says what a node is to be for a context path; of several the first here. */
    public enum Origin {
        /** The operator has ordered it, here or at another proxy. */
        ADMIN,
        /** The settings. */
        FILE,
        /** The node, by the applications that it tells of. */
        NODE;

        /** As the API and the commands write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
