package io.limpet.proxy;

import io.limpet.proxy.config.TrustedProxies;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What a node is told of the client: {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*}. What the client itself
 * claims there is replaced; what a trusted proxy in front says is kept, and added to.
 *
 * <p>Of the latter only fields that are spelled exactly so: any other spelling the proxy in front has passed on without
 * knowing it.
 */
final class ForwardedFields {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PORT = "X-Forwarded-Port";

    private final Request request;
    private final String host;

    /** What the peer says and is believed: nothing, unless it is trusted. */
    private final HttpFields believed;

    /** @param host as the client named it; may be empty */
    ForwardedFields(Request request, String host, TrustedProxies trusted) {
        this.request = request;
        this.host = host;
        this.believed = comesFrom(request, trusted) ? request.getHeaders() : HttpFields.EMPTY;
    }

    private static boolean comesFrom(Request request, TrustedProxies trusted) {
        // behind a PROXY header this is whom that names, and so who speaks HTTP
        return !trusted.isEmpty()
                && request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && trusted.include(peer.getAddress());
    }

    /** How the client reached the first proxy. */
    String scheme() {
        return first(PROTO).orElse(request.isSecure() ? "https" : "http");
    }

    /** The host, and perhaps a port, that the client named to the first proxy; empty when it named none. */
    String host() {
        return first(HOST).orElse(host);
    }

    /** The port that the first proxy says the client has reached; empty when none has said so. */
    Optional<String> port() {
        return first(PORT);
    }

    void addTo(HttpFields.Mutable node) {
        String peer = Request.getRemoteAddr(request);
        node.add(FOR, behind(FOR, peer));
        node.add(PROTO, kept(PROTO).orElse(request.isSecure() ? "https" : "http"));
        node.add(PORT, kept(PORT).orElseGet(this::portOfScheme));
        StringBuilder element = new StringBuilder("for=").append(nodeIdentifier(peer));
        if (!host.isEmpty()) {
            node.add(HOST, kept(HOST).orElse(host));
            element.append(";host=").append('"').append(host).append('"');
        }
        element.append(";proto=").append(request.isSecure() ? "https" : "http");
        node.add(HttpHeader.FORWARDED, behind(HttpHeader.FORWARDED.asString(), element.toString()));
    }

    /** A port of ours does not go with the scheme that somebody else has seen. */
    private String portOfScheme() {
        return kept(PROTO).isEmpty()
                ? Integer.toString(Request.getServerPort(request))
                : scheme().equalsIgnoreCase("https") ? "443" : "80";
    }

    /** In one line: who reads only one should not see the first proxy alone, or the last. */
    private String behind(String name, String own) {
        return kept(name).map(before -> before + ", " + own).orElse(own);
    }

    private Optional<String> kept(String name) {
        List<String> lines =
                believed.getFields(name).stream().map(HttpField::getValue).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    private Optional<String> first(String name) {
        return kept(name).map(all -> all.split(",", 2)[0].strip()).filter(value -> !value.isEmpty());
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
