package io.limpet.proxy.attack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request target in one of its four forms (RFC 9112 §3.2).
 *
 * @param text as it came
 * @param authority of the absolute and of the authority form
 * @param resource path and query, or an asterisk; empty in the authority form
 */
public record Target(String text, Optional<String> authority, String resource) {

    private static final String PCHAR = "[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2}";
    private static final String PATH = "(?:/(?:" + PCHAR + ")*+)++";
    /** More than RFC 3986 §3.4 has: browsers and applications write what they like, and nobody can take it for another. */
    private static final String QUERY = "(?:\\?[!-~&&[^#]]*+)?";

    private static final String AUTHORITY = "(?:\\[[0-9A-Fa-f:.]++]|[A-Za-z0-9\\-._~!$&'()*+,;=%]++)(?::[0-9]{0,5})?";

    private static final Pattern ORIGIN_FORM = Pattern.compile(PATH + QUERY);
    private static final Pattern ABSOLUTE_FORM =
            Pattern.compile("(?i:https?)://(?<authority>" + AUTHORITY + ")(?<resource>(?:" + PATH + ")?" + QUERY + ")");

    /** A scheme and no authority: by RFC 3986 §5.2.2 some take it for a path on the same host, and nobody for another's. */
    private static final Pattern SAME_HOST = Pattern.compile("(?i:http):(?<resource>(?!//)" + PATH + QUERY + ")");

    private static final Pattern HOST = Pattern.compile("(?:" + AUTHORITY + ")?");

    static Target of(String method, String text) throws MalformedMessageException {
        if (method.equals("CONNECT")) {
            return new Target(text, Optional.of(text), "");
        }
        if ((text.equals("*") && method.equals("OPTIONS"))
                || ORIGIN_FORM.matcher(text).matches()) {
            return new Target(text, Optional.empty(), text);
        }
        Matcher absolute = ABSOLUTE_FORM.matcher(text);
        if (absolute.matches()) {
            String resource = absolute.group("resource");
            return new Target(
                    text,
                    Optional.of(absolute.group("authority")),
                    resource.startsWith("/") ? resource : "/" + resource);
        }
        Matcher sameHost = SAME_HOST.matcher(text);
        if (sameHost.matches()) {
            return new Target(text, Optional.empty(), sameHost.group("resource"));
        }
        throw new MalformedMessageException("request target '" + text + "'");
    }

    /** Whether the value of a {@code Host} field is one (RFC 9110 §7.2); it may be empty (RFC 9112 §3.2). */
    static boolean isHost(String value) {
        return HOST.matcher(value).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
