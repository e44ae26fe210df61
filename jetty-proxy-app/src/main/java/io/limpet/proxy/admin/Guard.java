package io.limpet.proxy.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who may look, and who may change things.
 *
 * <p>Pages of other sites are kept out: they can make a browser send requests here, so a change needs a token that no page
 * knows, a content type that no form can send, and, where the browser says where it comes from, this very origin. A name
 * that leads here without being this listener's (DNS rebinding) is refused for reading, too.
 */
final class Guard {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]|localhost)");
    private static final String BEARER = "Bearer ";

    private final String host;
    private final Optional<String> token;

    /**
     * A guard of the listener on this host.
     *
     * @param token who knows it may change things; empty: nobody may
     */
    Guard(String host, Optional<String> token) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.token = token;
    }

    /** Why a request is refused; empty when it may look. */
    Optional<Problem> againstReading(Request request) {
        String name = hostOf(request.getHeaders().get(HttpHeader.HOST));
        return name.equals(host) || ADDRESS.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Problem(421, "this listener is not '" + name + "'; use its address"));
    }

    /** Why a request is refused that may look; empty when it may change something. */
    Optional<Problem> againstChanging(Request request) {
        HttpFields headers = request.getHeaders();
        if (!isOwnOrigin(headers)) {
            return Optional.of(new Problem(403, "a page of another site may not change anything here"));
        }
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if (type == null
                || !type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json")) {
            return Optional.of(new Problem(415, "a change is written in JSON: Content-Type: application/json"));
        }
        if (token.isEmpty()) {
            return Optional.of(new Problem(
                    403, "nobody may change anything: the proxy has no token; set LIMPET_ADMIN_TOKEN or admin-token"));
        }
        String given = headers.get(HttpHeader.AUTHORIZATION);
        return given != null && isEqual(given, BEARER + token.get())
                ? Optional.empty()
                : Optional.of(new Problem(401, "a change needs the admin token: Authorization: Bearer ..."));
    }

    /** Fetch Metadata tells where a browser's request comes from, Origin (RFC 6454) too; other clients send neither. */
    private static boolean isOwnOrigin(HttpFields headers) {
        String site = headers.get("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = headers.get(HttpHeader.ORIGIN);
        return origin == null || origin.equals("http://" + headers.get(HttpHeader.HOST));
    }

    private static String hostOf(@Nullable String header) {
        if (header == null) {
            return "";
        }
        return header.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
