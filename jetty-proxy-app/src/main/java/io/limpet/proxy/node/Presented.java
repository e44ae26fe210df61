package io.limpet.proxy.node;

import java.util.List;

/**
 * The session ids that a request presents, as the client wrote them.
 *
 * @param cookies the values of all session cookies, in their order
 * @param pathParameters the values of {@code ;jsessionid=} in the path, the last one first; they count only when there
 *     is no cookie (Jakarta Servlet 6.0 §7.1)
 */
public record Presented(List<String> cookies, List<String> pathParameters) {

    /** A request without a session. */
    public static final Presented NOTHING = new Presented(List.of(), List.of());

    /** Where the ids that count were found. */
    SessionId.Carrier carrier() {
        if (!cookies.isEmpty()) {
            return SessionId.Carrier.COOKIE;
        }
        return pathParameters.isEmpty() ? SessionId.Carrier.NONE : SessionId.Carrier.PATH;
    }

    /** The ids that count. */
    List<String> values() {
        return cookies.isEmpty() ? pathParameters : cookies;
    }
}
