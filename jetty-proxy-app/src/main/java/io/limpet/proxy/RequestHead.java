package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The header fields that a node gets: the client's own, in their order, but for
 *
 * <ul>
 *   <li>what belongs to the client's connection ({@link HopByHop});
 *   <li>{@code Cookie}, with exactly one session cookie, without its route;
 *   <li>{@code X-Forwarded-*} and {@code Forwarded} (RFC 7239), which tell what this proxy saw and nothing that the
 *       client claims;
 *   <li>{@code Limpet-*}, which only the proxy may say.
 * </ul>
 */
final class RequestHead {

    /** What a node believes about the client: set here, never passed through. */
    private static final Set<String> OURS = Set.of("forwarded", "x-real-ip");

    /** How the message is framed: a node that reads an underscore as a hyphen would read another message. */
    private static final Set<String> FRAMING = Set.of("connection", "content-length", "host", "transfer-encoding");

    private RequestHead() {}

    /** The fields for the node of this choice. */
    static void write(Request request, ClientSession session, Choice.Served choice, HttpFields.Mutable node) {
        HttpFields client = request.getHeaders();
        HopByHop hopByHop = HopByHop.of(client);
        boolean cookiesWritten = false;
        for (HttpField field : client) {
            if (field.getHeader() == HttpHeader.COOKIE) {
                if (!cookiesWritten && !hopByHop.includes(field)) {
                    cookiesWritten = true;
                    addCookies(session.cookieLinesWith(choice.session()), node);
                }
                continue;
            }
            if (!hopByHop.includes(field) && !isOurs(field)) {
                node.add(field);
            }
        }
        addForwarded(request, node);
        node.add("Limpet-Route", choice.told());
    }

    private static void addCookies(List<String> lines, HttpFields.Mutable node) {
        for (String line : lines) {
            node.add(new HttpField(HttpHeader.COOKIE, line));
        }
    }

    static boolean isOurs(HttpField field) {
        String name = field.getLowerCaseName();
        // as CGI and what descends from it reads names (RFC 3875 §4.1.18)
        String read = name.replace('_', '-');
        return OURS.contains(read)
                || read.startsWith("x-forwarded")
                || read.startsWith("limpet-")
                || (!read.equals(name) && FRAMING.contains(read));
    }

    private static void addForwarded(Request request, HttpFields.Mutable node) {
        String client = Request.getRemoteAddr(request);
        String scheme = request.isSecure() ? "https" : "http";
        String host = request.getHeaders().get(HttpHeader.HOST);
        node.add("X-Forwarded-For", client);
        node.add("X-Forwarded-Proto", scheme);
        node.add("X-Forwarded-Port", Integer.toString(Request.getServerPort(request)));
        StringBuilder forwarded = new StringBuilder("for=").append(nodeIdentifier(client));
        if (host != null && !host.isEmpty()) {
            node.add("X-Forwarded-Host", host);
            forwarded.append(";host=").append('"').append(host).append('"');
        }
        node.add(
                HttpHeader.FORWARDED, forwarded.append(";proto=").append(scheme).toString());
    }

    /** RFC 7239 §6: an IPv6 address stands in brackets and in quotation marks. */
    private static String nodeIdentifier(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String bare = address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
        return "\"[" + bare + "]\"";
    }
}
