package io.limpet.proxy;

import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Reason;
import io.limpet.proxy.upstream.LineField;
import io.limpet.proxy.upstream.OutgoingRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * The header fields that a node gets: the client's own, in their order, but for
 *
 * <ul>
 *   <li>what belongs to the client's connection ({@link HopByHop});
 *   <li>{@code Cookie}, with exactly one session cookie, without its route;
 *   <li>{@code X-Forwarded-*} and {@code Forwarded} ({@link ForwardedFields});
 *   <li>{@code Limpet-*}, which only the proxy may say;
 *   <li>{@code traceparent} and {@code tracestate}, when the proxy has a span of its own.
 * </ul>
 */
final class RequestHead {

    /** What a node believes about the client: set here, never passed through. */
    private static final Set<String> OURS = Set.of("forwarded", "x-real-ip");

    /** How the message is framed: a node that reads an underscore as a hyphen would read another message. */
    private static final Set<String> FRAMING = Set.of("connection", "content-length", "host", "transfer-encoding");

    /** Those of them, and of the X-Forwarded-*, of which Jetty knows the names: most fields are no others. */
    private static final Set<HttpHeader> OURS_KNOWN = Arrays.stream(HttpHeader.values())
            .filter(header -> isOursByName(header.lowerCaseName()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(HttpHeader.class)));

    private static final String ROUTE = "Limpet-Route";
    private static final HttpField TO_OWNER = new LineField(ROUTE, Reason.OWNER.toString());

    private RequestHead() {}

    /**
     * The request for the node of this choice.
     *
     * @throws IllegalArgumentException when HTTP/1.1 has no words for it
     */
    static OutgoingRequest write(
            ClientSide from, RequestBody body, ClientSession session, Choice.Served choice, Rules rules, Nodes nodes) {
        Request request = from.request();
        String method = request.getMethod();
        HttpFields client = request.getHeaders();
        boolean http11 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
        boolean upgrades = !body.isPresent() && Upgrade.isAskedFor(request);
        HttpFields.Mutable node = HttpFields.build();
        writeFields(from, session, choice, rules.trustedProxies(), node);
        if (upgrades) {
            Upgrade.copy(client, node);
        }
        if (takesTrailers(client, http11)) {
            node.add("TE", "trailers");
            node.add(HttpHeader.CONNECTION, "TE");
        }
        OutgoingRequest.Traits traits = new OutgoingRequest.Traits(
                body.isChunked(),
                body.isPresent() && node.contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString()),
                upgrades,
                !Retry.mayArriveTwice(method, !body.isPresent()));
        String target = ClientSession.pathQuery(
                request.getHttpURI().getPathQuery(),
                choice.session(),
                rules.names().pathParameters(),
                rules.routes(),
                nodes);
        return OutgoingRequest.of(method, target, node, body.isPresent() ? body : null, traits);
    }

    /** Of what {@code TE} says only this is not between the client and this proxy (RFC 9110 §10.1.4). */
    private static boolean takesTrailers(HttpFields client, boolean http11) {
        return client.contains(HttpHeader.TE, "trailers") && (!http11 || client.contains(HttpHeader.CONNECTION, "te"));
    }

    private static void writeFields(
            ClientSide from,
            ClientSession session,
            Choice.Served choice,
            TrustedProxies trusted,
            HttpFields.Mutable node) {
        Request request = from.request();
        HttpFields client = request.getHeaders();
        HopByHop hopByHop = HopByHop.of(client);
        boolean cookiesWritten = false;
        String host = host(request);
        if (!client.contains(HttpHeader.HOST)) {
            node.add(HttpHeader.HOST, host);
        }
        for (HttpField field : client) {
            if (field.getHeader() == HttpHeader.COOKIE) {
                if (!cookiesWritten && !hopByHop.includes(field)) {
                    cookiesWritten = true;
                    addCookies(session.cookieLinesWith(choice.session()), isInCrumbs(request), node);
                }
                continue;
            }
            if (!hopByHop.includes(field) && !isOurs(field) && !from.trace().replaces(field)) {
                node.add(field);
            }
        }
        if (choice instanceof Choice.Owner owner && owner.wantedAt().isPresent()) {
            node.add(Relocation.WANTED_AT, owner.wantedAt().get().node().toString());
        }
        new ForwardedFields(request, host, trusted).addTo(node);
        String told = choice.told();
        node.add(told.equals(TO_OWNER.getValue()) ? TO_OWNER : new HttpField(ROUTE, told));
        from.trace().tell(node);
    }

    /** HTTP/2 names the host in a field of its own kind (RFC 9113 §8.3.1). */
    static String host(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String authority = request.getHttpURI().getAuthority();
        return host != null ? host : authority == null ? "" : authority;
    }

    /** HTTP/2 allows each cookie a field of its own, HTTP/1.1 does not (RFC 9113 §8.2.3). */
    private static boolean isInCrumbs(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion();
    }

    private static void addCookies(List<String> lines, boolean crumbs, HttpFields.Mutable node) {
        if (crumbs) {
            node.add(new HttpField(HttpHeader.COOKIE, String.join("; ", lines)));
            return;
        }
        for (String line : lines) {
            node.add(new HttpField(HttpHeader.COOKIE, line));
        }
    }

    static boolean isOurs(HttpField field) {
        HttpHeader known = field.getHeader();
        if (known != null) {
            return OURS_KNOWN.contains(known);
        }
        return isOursByName(field.getLowerCaseName());
    }

    private static boolean isOursByName(String name) {
        // as CGI and what descends from it reads names (RFC 3875 §4.1.18)
        String read = name.replace('_', '-');
        return OURS.contains(read)
                || read.startsWith("x-forwarded")
                || read.startsWith("limpet-")
                || (!read.equals(name) && FRAMING.contains(read));
    }
}
