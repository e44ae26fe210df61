package io.limpet.proxy;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SessionPath;
import io.limpet.route.SetCookieLine;
import java.util.Locale;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The header fields that a client gets: the node's own, byte for byte and in their order, but for
 *
 * <ul>
 *   <li>what belongs to the node's connection ({@link HopByHop}) and what it tells the proxy alone ({@code Limpet-*});
 *   <li>a session cookie, or {@code ;jsessionid=} in a {@code Location} that leads back here, that does not end in the node's route yet: the
 *       filter could not see it, the proxy tags it.
 * </ul>
 */
final class ResponseHead {

    private final SessionNames names;
    private final RouteCodec routes;

    ResponseHead(SessionNames names, RouteCodec routes) {
        this.names = names;
        this.routes = routes;
    }

    /** Writes status and fields of this node's response. */
    void write(Response node, Route route, ClientOrigin here, org.eclipse.jetty.server.Response client) {
        client.setStatus(node.getStatus());
        HttpFields fields = node.getHeaders();
        HopByHop hopByHop = HopByHop.of(fields);
        HttpFields.Mutable headers = client.getHeaders();
        for (HttpField field : fields) {
            if (!hopByHop.includes(field) && !isForTheProxy(field) && !isRefusedLength(node.getStatus(), field)) {
                add(tagged(field, route, here), headers);
            }
        }
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
        return field.getName().toLowerCase(Locale.ROOT).startsWith("limpet-");
    }

    /** A 204 has no length (RFC 9110 §8.6); a node that gives one would make the server refuse the response. */
    private static boolean isRefusedLength(int status, HttpField field) {
        return status == 204 && field.getHeader() == HttpHeader.CONTENT_LENGTH;
    }

    private HttpField tagged(HttpField field, Route route, ClientOrigin here) {
        String value = field.getValue();
        if (value == null) {
            return field;
        }
        if (field.getHeader() == HttpHeader.SET_COOKIE) {
            String line = SetCookieLine.rewrite(value, names.cookie(), id -> routes.tagOnce(id, route));
            return changed(field, line);
        }
        if (field.getHeader() == HttpHeader.LOCATION && here.isTargetOf(value)) {
            String location = SessionPath.rewrite(value, names.pathParameters(), id -> routes.tagOnce(id, route));
            return changed(field, location);
        }
        return field;
    }

    private static HttpField changed(HttpField field, String value) {
        return value.equals(field.getValue()) ? field : new HttpField(field.getHeader(), field.getName(), value);
    }
}
