package io.limpet.filter;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SessionPath;
import io.limpet.route.SetCookieLine;
import io.limpet.route.Tagged;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tags what the container writes with this node's route. The container puts its session cookie on its own response,
 * past any wrapper, so the lines are rewritten in place where they stand; where the container shows its cookie to
 * nobody (Undertow, Liberty) the proxy tags it.
 *
 * <p>Safe for use by any number of threads.
 */
final class SessionTagger {

    private static final String SET_COOKIE = "Set-Cookie";

    private final RouteCodec codec;
    private final Route node;
    private final String cookieName;
    private final List<String> pathParameters;
    private final SessionCookie cookie = new SessionCookie(this);

    SessionTagger(RouteCodec codec, Route node, String cookieName) {
        this.codec = codec;
        this.node = node;
        this.cookieName = cookieName;
        this.pathParameters = SessionPath.parameters(cookieName);
    }

    String cookieName() {
        return cookieName;
    }

    /** The cookie for those whom the container does not write one. */
    SessionCookie cookie() {
        return cookie;
    }

    /** The node whose route it writes. */
    Route node() {
        return node;
    }

    /** Whether there is a cookie on the response that can still be rewritten; costs next to nothing. */
    boolean concerns(HttpServletResponse containerResponse) {
        return !containerResponse.isCommitted() && containerResponse.containsHeader(SET_COOKIE);
    }

    /** Rewrites the session cookie on the container's response. Idempotent; does nothing once the response has left. */
    void sync(HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        if (!concerns(containerResponse)) {
            return;
        }
        List<String> lines = List.copyOf(containerResponse.getHeaders(SET_COOKIE));
        if (lines.isEmpty()) {
            return;
        }
        UnaryOperator<String> tagOnce = value -> tag(value, containerRequest, containerResponse);
        List<String> tagged = lines.stream()
                .map(line -> SetCookieLine.rewrite(line, cookieName, tagOnce))
                .toList();
        if (tagged.equals(lines)) {
            return;
        }
        containerResponse.setHeader(SET_COOKIE, tagged.get(0));
        for (String line : tagged.subList(1, tagged.size())) {
            containerResponse.addHeader(SET_COOKIE, line);
        }
    }

    /** The line that sets the session cookie on this response, where the container shows it. */
    Optional<String> sessionCookie(HttpServletResponse containerResponse) {
        if (!containerResponse.containsHeader(SET_COOKIE)) {
            return Optional.empty();
        }
        return containerResponse.getHeaders(SET_COOKIE).stream()
                .filter(line -> SetCookieLine.value(line, cookieName).isPresent())
                .findFirst();
    }

    /** A {@code Set-Cookie} line that was tagged for another request is sent again. */
    void knowTagged(String line, HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        SetCookieLine.value(line, cookieName)
                .ifPresent(value -> TaggedValues.add(value, containerRequest, containerResponse));
    }

    /** A URL into which the container's {@code encodeURL} has just put its session's id, tagged. */
    String tagUrl(String url, HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        return SessionPath.rewrite(url, pathParameters, value -> tag(value, containerRequest, containerResponse));
    }

    /**
     * A URL in which the container found its session's id already, tagged: the application has put it there, or had it
     * encoded before, perhaps for another request.
     */
    String tagUrlAgain(String url, HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        HttpSession session = containerRequest.getSession(false);
        return SessionPath.rewrite(url, pathParameters, value -> {
            boolean isTheId = session != null && session.getId().equals(value);
            if (!isTheId && isTagged(value)) {
                TaggedValues.add(value, containerRequest, containerResponse);
                return value;
            }
            return tag(value, containerRequest, containerResponse);
        });
    }

    /** Whether it ends in this node's route, as far as can be read off it. */
    private boolean isTagged(String value) {
        return codec.decode(value).filter(tagged -> tagged.route().equals(node)).isPresent();
    }

    /** Tags a value of this request's response once. */
    String tag(String value, HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        boolean before = TaggedValues.contain(value, containerRequest);
        String tagged = before ? value : codec.tag(value, node);
        if (before || !tagged.equals(value)) {
            TaggedValues.add(tagged, containerRequest, containerResponse);
        }
        return tagged;
    }

    /** The id as the application knows it: without this node's route, unless Limpet's proxy has taken it away already. */
    String withoutRoute(String requestedId, HttpServletRequest containerRequest) {
        String withoutRoute = withoutRoute(requestedId);
        return withoutRoute.equals(requestedId) || ProxyChoice.isIn(containerRequest) ? requestedId : withoutRoute;
    }

    /** The id that a client asked for past Limpet's proxy, without this node's route. */
    String withoutRoute(String requestedId) {
        return codec.decode(requestedId)
                .filter(tagged -> tagged.route().equals(node))
                .map(Tagged::value)
                .orElse(requestedId);
    }
}
