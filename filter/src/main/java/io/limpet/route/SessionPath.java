package io.limpet.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The session id in a URL, for clients without cookies: {@code /cart;jsessionid=4F2A.n1?a=b} (Jakarta Servlet 6.0
 * §7.1.3). Works on whole URLs and on raw paths; only path parameters count, never the query or the fragment.
 */
public final class SessionPath {

    private static final String BY_THE_SPECIFICATION = "jsessionid";

    private SessionPath() {}

    /**
     * The names that the parameter may have with a session cookie of this name. Jetty keeps to the specification's, Tomcat
     * takes the cookie's as it is when the application has named it, Undertow always the cookie's in small letters.
     */
    public static List<String> parameters(String cookie) {
        return List.copyOf(new LinkedHashSet<>(List.of(BY_THE_SPECIFICATION, cookie, cookie.toLowerCase(Locale.ROOT))));
    }

    /**
     * The value of the first path parameter of this name (case-sensitive).
     *
     * @param parameter the parameter's name, {@code jsessionid} unless the container was told otherwise
     */
    public static Optional<String> value(String url, String parameter) {
        int start = valueStart(url, parameter);
        return start < 0 ? Optional.empty() : Optional.of(url.substring(start, valueEnd(url, start)));
    }

    /** The URL with the values of its session parameters rewritten, of each name the first. */
    public static String rewrite(String url, List<String> parameters, UnaryOperator<String> newValue) {
        String rewritten = url;
        for (String parameter : parameters) {
            rewritten = rewrite(rewritten, parameter, newValue);
        }
        return rewritten;
    }

    /** The URL with the value of its session parameter rewritten; a URL without one stays as it is. */
    public static String rewrite(String url, String parameter, UnaryOperator<String> newValue) {
        int start = valueStart(url, parameter);
        if (start < 0) {
            return url;
        }
        int end = valueEnd(url, start);
        return url.substring(0, start) + newValue.apply(url.substring(start, end)) + url.substring(end);
    }

    /** The index of the value's first character, or -1 when there is no parameter or it is empty. */
    private static int valueStart(String url, String parameter) {
        int pathEnd = pathEnd(url);
        for (int i = url.indexOf(';'); i >= 0 && i < pathEnd; i = url.indexOf(';', i + 1)) {
            int equals = i + 1 + parameter.length();
            if (equals < pathEnd && url.startsWith(parameter, i + 1) && url.charAt(equals) == '=') {
                return valueEnd(url, equals + 1) > equals + 1 ? equals + 1 : -1;
            }
        }
        return -1;
    }

    private static int valueEnd(String url, int start) {
        int pathEnd = pathEnd(url);
        for (int i = start; i < pathEnd; i++) {
            if (url.charAt(i) == ';' || url.charAt(i) == '/') {
                return i;
            }
        }
        return pathEnd;
    }

    private static int pathEnd(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }
}
