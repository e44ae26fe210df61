package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.OwnedSession;
import io.limpet.proxy.node.Presented;
import io.limpet.proxy.node.SessionId;
import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SessionCookies;
import io.limpet.route.SessionPath;
import io.limpet.route.Tagged;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The session ids that a request presents, and how they are written for the node that gets it.
 *
 * @param cookieLines the values of the request's {@code Cookie} fields, less such session cookies as are nobody's
 * @param cookies the session cookies in them
 * @param presented the ids, for the choice
 * @param wish what the request wants of the choice
 */
record ClientSession(List<String> cookieLines, SessionCookies cookies, Presented presented, Wish wish) {

    private static final Wish AFFINITY = new Wish.Affinity();

    /** Finds the session ids of a request: in its cookies, and in its path as the client wrote it. */
    static ClientSession of(Request request, SessionNames names, Wishes wishes) {
        List<String> lines = cookieLines(request);
        Optional<Route> named = Optional.empty();
        if (wishes.testerToken().isPresent()) {
            SessionCookies testers = SessionCookies.in(lines, Wishes.TESTER);
            lines = testers.linesWithoutAny();
            named = wishes.named(request.getHeaders().getValuesList(Wishes.TESTER))
                    .or(() -> wishes.named(testers.values()));
        }
        SessionCookies cookies = SessionCookies.in(lines, names.cookie());
        String path = request.getHttpURI().getPathQuery();
        List<String> parameters = path.indexOf(';') < 0 ? List.of() : SessionPath.values(path, names.pathParameters());
        // a node that finds an id in the path takes it for its own, whatever its route
        if (named.isEmpty() && parameters.isEmpty() && wishes.isIgnored(request)) {
            return new ClientSession(cookies.linesWithoutAny(), cookies, Presented.NOTHING, new Wish.None());
        }
        Wish wish = named.<Wish>map(Wish.Named::new).orElse(AFFINITY);
        return new ClientSession(cookies.lines(), cookies, new Presented(cookies.values(), parameters), wish);
    }

    private static List<String> cookieLines(Request request) {
        List<String> lines = new ArrayList<>(1);
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.COOKIE) {
                lines.add(field.getValue());
            }
        }
        return lines;
    }

    /** The node for this request, of those that were not tried. */
    Choice choose(NodeChooser chooser, Nodes nodes, Collection<Route> tried) {
        return wish.choose(chooser, presented, nodes, tried);
    }

    /** Whether the node does not get to see the client's session; one that it begins would replace it. */
    boolean isHidden() {
        return wish instanceof Wish.None && !cookies.values().isEmpty();
    }

    /** The {@code Cookie} lines for the node: one session cookie and no other, as the choice wants it. */
    List<String> cookieLinesWith(SessionId chosen) {
        return chosen.carrier() == SessionId.Carrier.COOKIE
                ? cookies.keepOnly(chosen.position(), chosen.value())
                : cookieLines;
    }

    /**
     * What the client wrote where a node's redirection repeats an id of its path, as Tomcat's to {@code /shop/} does before
     * any filter: not the node's word that there is such a session, so nothing to be tagged or sealed.
     */
    Optional<String> writtenInPath(String id, RouteCodec routes) {
        return presented.pathParameters().stream()
                .filter(written -> written.equals(id)
                        || routes.decode(written).map(Tagged::value).equals(Optional.of(id)))
                .findFirst();
    }

    /**
     * The path and query for the node: without the route of any known node; and where there was one, with no more than the
     * chosen id in the path when it was found there, as containers differ in which of several they read.
     */
    static String pathQuery(
            String pathQuery, SessionId chosen, List<String> parameters, RouteCodec routes, Nodes nodes) {
        boolean namesNode = chosen.carrier() == SessionId.Carrier.PATH
                && SessionPath.values(pathQuery, parameters).stream()
                        .anyMatch(value -> OwnedSession.in(value, routes, nodes).isPresent());
        if (namesNode) {
            return SessionPath.keepOnly(pathQuery, parameters, chosen.position(), chosen.value());
        }
        return SessionPath.rewriteAll(
                pathQuery,
                parameters,
                value -> OwnedSession.in(value, routes, nodes)
                        .map(OwnedSession::value)
                        .orElse(value));
    }
}
