package io.limpet.proxy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * This proxy as the client addressed it (RFC 6454 §4). A session's id in a URL of any other origin belongs to somebody
 * else: it is neither ours to change, nor to be told where it lives here.
 *
 * @param scheme in small letters
 * @param host in small letters; empty when the client named none
 * @param port never a missing one: the scheme's own when the client wrote none
 */
record ClientOrigin(String scheme, String host, int port) {

    private static final Pattern ABSOLUTE = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<rest>.*)");
    private static final Pattern AUTHORITY = Pattern.compile(
            "//(?<host>\\[[0-9A-Fa-f:.]+]|[^/?#\\\\:@\\[\\]]*)(:(?<port>[0-9]{0,5}))?(?<behind>[/?#].*)?");

    static ClientOrigin of(Request request) {
        HttpURI uri = request.getHttpURI();
        String scheme = request.isSecure() ? "https" : "http";
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        return new ClientOrigin(scheme, host, uri.getPort() > 0 ? uri.getPort() : defaultPort(scheme));
    }

    /** Whether a {@code Location} leads back here: a relative one, or one with scheme, host and port of this origin. */
    boolean isTargetOf(String location) {
        Matcher absolute = ABSOLUTE.matcher(location);
        if (absolute.matches()) {
            String target = absolute.group("scheme").toLowerCase(Locale.ROOT);
            return target.equals(scheme) && hasThisAuthority(absolute.group("rest"));
        }
        // browsers read a backslash as a slash, and so another host behind two of either
        String read = location.strip().replace('\\', '/');
        return !read.startsWith("//") || hasThisAuthority(location);
    }

    private boolean hasThisAuthority(String text) {
        Matcher authority = AUTHORITY.matcher(text);
        if (!authority.matches() || host.isEmpty()) {
            return false;
        }
        String written = authority.group("port");
        int target = written == null || written.isEmpty() ? defaultPort(scheme) : Integer.parseInt(written);
        return authority.group("host").toLowerCase(Locale.ROOT).equals(host) && target == port;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
