package io.limpet.proxy;

import io.limpet.proxy.config.TrustedProxies;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern AUTHORITY = Pattern.compile(
            "//(?<host>\\[[0-9A-Fa-f:.]+]|[^/?#\\\\:@\\[\\]]*)(:(?<port>[0-9]{0,5}))?(?<behind>[/?#].*)?");

    /** As far as trusted proxies in front tell, their client's. */
    static ClientOrigin of(Request request, TrustedProxies trusted) {
        ForwardedFields told = new ForwardedFields(request, RequestHead.host(request), trusted);
        return of(told.scheme(), told.host(), told.port());
    }

    private static ClientOrigin of(String scheme, String named, Optional<String> told) {
        String small = scheme.toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher("//" + named);
        if (!authority.matches()) {
            return new ClientOrigin(small, "", defaultPort(small));
        }
        String port = authority.group("port");
        int written = port == null || port.isEmpty()
                ? told.filter(digits -> PORT.matcher(digits).matches())
                        .map(Integer::parseInt)
                        .orElse(defaultPort(small))
                : Integer.parseInt(port);
        return new ClientOrigin(small, authority.group("host").toLowerCase(Locale.ROOT), written);
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
