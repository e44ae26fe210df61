package io.limpet.proxy;

import io.limpet.proxy.config.ForwardedBy;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.upstream.LineField;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told of the client, twice: in {@code Forwarded} (RFC 7239) and in {@code X-Forwarded-*}. What the client
 * itself claims there is replaced; what a trusted proxy in front says is kept, and added to.
 *
 * <p>Of the latter only the fields that it {@linkplain ForwardedBy writes}, spelled exactly so: anything else the proxy in
 * front has passed on without knowing it.
 */
final class ForwardedFields {

    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PORT = "X-Forwarded-Port";

    private static final String OWN = ForwardedFields.class.getName();

    private static final Pattern WITH_PORT = Pattern.compile(".*:([0-9]{1,5})");

    /** What is said of a client whose own word does not count is nearly always the same on one connection. */
    private record Own(String host, int port, List<LineField> fields) {

        boolean isFor(String named, int reached) {
            return host.equals(named) && port == reached;
        }
    }

    /** A power of two. */
    private static final int PLACES = 256;

    private static final AtomicReferenceArray<@Nullable Own> SHARED = new AtomicReferenceArray<>(PLACES);

    private final Request request;
    private final String host;

    /** What the peer says and is believed: nothing, unless it is trusted. */
    private final HttpFields believed;

    /** What that says in {@code Forwarded}; nothing of one that writes the other fields. */
    private final List<ForwardedElement> elements;

    private final boolean byForwarded;

    /** @param host as the client named it; may be empty */
    ForwardedFields(Request request, String host, TrustedProxies trusted) {
        this.request = request;
        this.host = host;
        this.believed = comesFrom(request, trusted) ? request.getHeaders() : HttpFields.EMPTY;
        this.byForwarded = trusted.tell() == ForwardedBy.FORWARDED;
        this.elements = byForwarded
                ? lines(HttpHeader.FORWARDED.asString())
                        .map(ForwardedElement::parse)
                        .orElse(List.of())
                : List.of();
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
        if (believed.size() > 0) {
            write(node);
            return;
        }
        own(Request.getServerPort(request)).fields.forEach(node::add);
    }

    private Own own(int port) {
        if (request.getConnectionMetaData().getAttribute(OWN) instanceof Own before && before.isFor(host, port)) {
            return before;
        }
        HttpFields.Mutable said = HttpFields.build();
        write(said);
        List<LineField> lines = said.stream()
                .map(field -> new LineField(field.getName(), field.getValue()))
                .toList();
        Own own = shared(new Own(host, port, lines));
        request.getConnectionMetaData().setAttribute(OWN, own);
        return own;
    }

    /** One for many connections: what each has for itself has to be fetched from memory for each of its requests. */
    private static Own shared(Own made) {
        int place = made.hashCode() & (PLACES - 1);
        Own before = SHARED.get(place);
        if (made.equals(before)) {
            return before;
        }
        SHARED.set(place, made);
        return made;
    }

    private void write(HttpFields.Mutable node) {
        String peer = Request.getRemoteAddr(request);
        String scheme = request.isSecure() ? "https" : "http";
        node.add(FOR, behind(told(FOR), peer));
        node.add(PROTO, told(PROTO).orElse(scheme));
        node.add(PORT, told(PORT).orElseGet(this::portOfScheme));
        if (!host.isEmpty()) {
            node.add(HOST, told(HOST).orElse(host));
        }
        String own = ForwardedElement.of(peer, host, scheme).toString();
        node.add(HttpHeader.FORWARDED, behind(before(), own));
    }

    /** A port of ours does not go with the scheme that somebody else has seen. */
    private String portOfScheme() {
        return told(PROTO).isEmpty()
                ? Integer.toString(Request.getServerPort(request))
                : scheme().equalsIgnoreCase("https") ? "443" : "80";
    }

    /** In one line: who reads only one should not see the first proxy alone, or the last. */
    private static String behind(Optional<String> before, String own) {
        return before.map(theirs -> theirs + ", " + own).orElse(own);
    }

    /** What stands in this field of a proxy that writes it, and would stand there of one that writes the other. */
    private Optional<String> told(String name) {
        if (!byForwarded) {
            return lines(name);
        }
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        ForwardedElement first = elements.get(0);
        String value = switch (name) {
            case FOR -> elements.stream().map(ForwardedElement::from).collect(Collectors.joining(", "));
            case PROTO -> first.proto();
            case HOST -> first.host();
            default -> {
                Matcher port = WITH_PORT.matcher(first.host());
                yield port.matches() ? port.group(1) : "";
            }
        };
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    /** The other proxies' elements of {@code Forwarded}. */
    private Optional<String> before() {
        if (byForwarded) {
            return elements.isEmpty() ? Optional.empty() : lines(HttpHeader.FORWARDED.asString());
        }
        List<String> translated = new ArrayList<>();
        for (String from : lines(FOR).map(all -> List.of(all.split(",", -1))).orElse(List.of())) {
            // only the first proxy's word on them has a place of its own
            boolean isFirst = translated.isEmpty();
            ForwardedElement element = ForwardedElement.of(
                    from.strip(),
                    isFirst ? first(HOST).orElse("") : "",
                    isFirst ? first(PROTO).orElse("") : "");
            translated.add(element.toString());
        }
        return translated.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", translated));
    }

    private Optional<String> lines(String name) {
        List<String> lines =
                believed.getFields(name).stream().map(HttpField::getValue).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
    }

    private Optional<String> first(String name) {
        return told(name).map(all -> all.split(",", 2)[0].strip()).filter(value -> !value.isEmpty());
    }
}
