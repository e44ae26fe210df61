package io.limpet.proxy;

import io.limpet.proxy.config.BalanceSettings;
import io.limpet.proxy.node.PathPattern;
import io.limpet.route.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/**
 * Which requests may want something else than their session's node. Immutable.
 *
 * @param ignored paths for which sessions do not matter
 * @param testerToken who knows it may name the node
 */
record Wishes(List<PathPattern> ignored, Optional<String> testerToken) {

    /** As field and as cookie: {@code n3:token}. Such a field is never passed on, nor such a cookie. */
    static final String TESTER = "limpet-tester";

    /** All want their session's node. */
    static final Wishes NONE = new Wishes(List.of(), Optional.empty());

    static Wishes of(BalanceSettings settings) {
        return new Wishes(settings.ignore(), settings.testerToken());
    }

    /** Whether the request is one that does without its session: it can change nothing, and its path is ignored. */
    boolean isIgnored(Request request) {
        if (ignored.isEmpty() || !(HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod()))) {
            return false;
        }
        String path = request.getHttpURI().getCanonicalPath();
        return path != null && ignored.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** The node that one of these names, {@code n3:token}: empty when the token is wrong, or there is none. */
    Optional<Route> named(List<String> values) {
        return testerToken.flatMap(token ->
                values.stream().flatMap(value -> named(value, token).stream()).findFirst());
    }

    private static Optional<Route> named(String value, String token) {
        int colon = value.indexOf(':');
        boolean knows = MessageDigest.isEqual(
                value.substring(colon + 1).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
        return colon > 0 && knows ? Route.parse(value.substring(0, colon)) : Optional.empty();
    }
}
