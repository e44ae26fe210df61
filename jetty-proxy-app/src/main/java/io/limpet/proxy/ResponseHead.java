package io.limpet.proxy;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.RouteCodec;
import io.limpet.route.SessionPath;
import io.limpet.route.SetCookieLine;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Response;

/**
 * The header fields that a client gets: the node's own, byte for byte and in their order, but for
 *
 * <ul>
 *   <li>what belongs to the node's connection ({@link HopByHop}) and what it tells the proxy alone ({@code Limpet-*});
 *   <li>a session cookie, or {@code ;jsessionid=} in a {@code Location} that leads back here, that the filter does not say
 *       it has tagged: it could not see it, the proxy tags it. What ends in the node's route without that may be the
 *       container's own (Tomcat's {@code jvmRoute}), and gets Limpet's behind it. An id that only repeats what stands in
 *       the request's path is written as the client wrote it.
 * </ul>
 *
 * <p>A session that was not shown to the node keeps its cookie: what the node would put in its place is dropped.
 *
 * <p>The cookies of a node whose container tags them itself ({@link Tagging#CONTAINER}) stay as they are.
 */
final class ResponseHead {

    private static final String OURS = "limpet-";

    /** What the filter has tagged, one value a line. */
    private static final String TAGGED = "Limpet-Tagged";

    private final SessionNames names;
    private final RouteCodec routes;
    private final ContainerRoutes containerRoutes = new ContainerRoutes();

    ResponseHead(SessionNames names, RouteCodec routes) {
        this.names = names;
        this.routes = routes;
    }

    /**
     * Writes status and fields of this node's response.
     *
     * @param here asked only when the node redirects
     */
    void write(
            int status,
            HttpFields fields,
            Node node,
            Supplier<ClientOrigin> here,
            ClientSession session,
            Response client) {
        client.setStatus(status);
        UnaryOperator<String> tag = tag(fields, node);
        HopByHop hopByHop = HopByHop.of(fields);
        HttpFields.Mutable headers = client.getHeaders();
        for (HttpField field : fields) {
            if (!hopByHop.includes(field)
                    && !isForTheProxy(field)
                    && !isRefusedLength(status, field)
                    && !(session.isHidden() && isSession(field))) {
                add(tagged(field, here, session, tag), headers);
            }
        }
        if (status == HttpStatus.UPGRADE_REQUIRED_426 && speaksHttp11(client) && fields.contains(HttpHeader.UPGRADE)) {
            // RFC 9110 §15.5.22: it has to say to what, and this proxy passes upgrades on
            Upgrade.copy(fields, headers);
        }
    }

    private static boolean speaksHttp11(Response client) {
        return client.getRequest().getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    }

    /** What a node says before its answer, as early hints, goes to the client without what is meant for the proxy. */
    static HttpFields interim(HttpFields fields) {
        HopByHop hopByHop = HopByHop.of(fields);
        HttpFields.Mutable passing = HttpFields.build();
        for (HttpField field : fields) {
            if (!hopByHop.includes(field) && !isForTheProxy(field)) {
                passing.add(field);
            }
        }
        return passing;
    }

    /** Server and Date stand there already, put by the server for nodes that send none (RFC 9110 §6.6.1). */
    private static void add(HttpField field, HttpFields.Mutable headers) {
        if (field.getHeader() == HttpHeader.DATE || field.getHeader() == HttpHeader.SERVER) {
            headers.put(field);
            return;
        }
        headers.add(field);
    }

    private static boolean isForTheProxy(HttpField field) {
        return field.getHeader() == null && field.getName().regionMatches(true, 0, OURS, 0, OURS.length());
    }

    /** A 204 has no length (RFC 9110 §8.6); a node that gives one would make the server refuse the response. */
    private static boolean isRefusedLength(int status, HttpField field) {
        return status == 204 && field.getHeader() == HttpHeader.CONTENT_LENGTH;
    }

    /** Whether the field is a cookie of a session: whatever stands behind it, it is rewritten. */
    private boolean isSession(HttpField field) {
        String value = field.getValue();
        return field.getHeader() == HttpHeader.SET_COOKIE
                && value != null
                && !SetCookieLine.rewrite(value, names.cookie(), id -> id + ".").equals(value);
    }

    private UnaryOperator<String> tag(HttpFields fields, Node node) {
        if (node.tagging() == Tagging.CONTAINER) {
            return id -> {
                containerRoutes.check(id, node.route());
                return id;
            };
        }
        List<String> tagged = fields.contains(TAGGED)
                ? fields.getFields(TAGGED).stream().map(HttpField::getValue).toList()
                : List.of();
        return id -> tagged.contains(id) ? id : routes.tag(id, node.route());
    }

    private HttpField tagged(
            HttpField field, Supplier<ClientOrigin> here, ClientSession session, UnaryOperator<String> tag) {
        String value = field.getValue();
        if (value == null) {
            return field;
        }
        if (field.getHeader() == HttpHeader.SET_COOKIE) {
            String line = SetCookieLine.rewrite(value, names.cookie(), tag);
            return changed(field, line);
        }
        if (field.getHeader() == HttpHeader.LOCATION && here.get().isTargetOf(value)) {
            String location = SessionPath.rewrite(
                    value,
                    names.pathParameters(),
                    id -> session.writtenInPath(id, routes).orElseGet(() -> tag.apply(id)));
            return changed(field, location);
        }
        return field;
    }

    private static HttpField changed(HttpField field, String value) {
        return value.equals(field.getValue()) ? field : new HttpField(field.getHeader(), field.getName(), value);
    }
}
