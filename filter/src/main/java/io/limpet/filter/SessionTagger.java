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

    /** Rewrites the session cookie on the container's response. Idempotent; does nothing once the response has left. */
    void sync(HttpServletRequest containerRequest, HttpServletResponse containerResponse) {
        if (containerResponse.isCommitted()) {
            return;
        }
        List<String> lines = List.copyOf(containerResponse.getHeaders(SET_COOKIE));
        if (lines.isEmpty()) {
            return;
        }
        UnaryOperator<String> tag = tag(containerRequest);
        List<String> tagged = lines.stream()
                .map(line -> SetCookieLine.rewrite(line, cookieName, tag))
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
        return containerResponse.getHeaders(SET_COOKIE).stream()
                .filter(line -> SetCookieLine.value(line, cookieName).isPresent())
                .findFirst();
    }

    /**
     * Tags the {@code ;jsessionid=} that the container's {@code encodeURL} wrote; some name it after the cookie, Undertow
     * in small letters.
     */
    String tagUrl(String url, HttpServletRequest containerRequest) {
        return SessionPath.rewrite(url, pathParameters, tag(containerRequest));
    }

    /**
     * Tags a value once. One that is the session's very id is not tagged yet, also when the container has put a route of
     * its own behind it that equals ours (Tomcat's {@code jvmRoute}): that one belongs to the id.
     */
    private UnaryOperator<String> tag(HttpServletRequest containerRequest) {
        return value -> {
            String once = codec.tagOnce(value, node);
            if (!once.equals(value)) {
                return once;
            }
            HttpSession session = containerRequest.getSession(false);
            return session != null && session.getId().equals(value) ? codec.tag(value, node) : value;
        };
    }

    /** A session cookie's value with this node's route behind it. */
    String tag(String value) {
        return codec.tag(value, node);
    }

    /** The id as the application knows it: without this node's route. */
    String withoutRoute(String requestedId) {
        return codec.decode(requestedId)
                .filter(tagged -> tagged.route().equals(node))
                .map(Tagged::value)
                .orElse(requestedId);
    }
}
