package io.limpet.proxy.node;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import java.util.Optional;

/**
 * A session id whose route names a known node.
 *
 * @param owner the node
 * @param value what the nodes know the session by
 */
public record OwnedSession(Nodes.Member owner, String value) {

    /**
     * Reads the route behind a session id: Limpet's, which is taken away, or that of a node whose container writes its own,
     * which stays.
     *
     * @return empty when it names no known node; such a segment is not ours and stays with the value
     */
    public static Optional<OwnedSession> in(String presented, RouteCodec routes, Nodes nodes) {
        Optional<OwnedSession> tagged = routes.decode(presented)
                .flatMap(it -> nodes.owner(it.route())
                        .filter(member -> member.node().tagging() == Tagging.LIMPET)
                        .map(member -> new OwnedSession(member, it.value())));
        return tagged.or(() -> containerRoute(presented)
                .flatMap(nodes::owner)
                .filter(member -> member.node().tagging() == Tagging.CONTAINER)
                .map(member -> new OwnedSession(member, presented)));
    }

    /** Behind the last dot (Tomcat, Jetty, WildFly), or behind the last colon (Liberty: {@code 0000ID:clone}). */
    private static Optional<Route> containerRoute(String presented) {
        int separator = Math.max(presented.lastIndexOf('.'), presented.lastIndexOf(':'));
        return separator <= 0 ? Optional.empty() : Route.parse(presented.substring(separator + 1));
    }
}
