package io.limpet.proxy;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * A change of protocol on one connection (RFC 9110 §7.8), as a WebSocket begins with: passed on, and tunnelled when the
 * node agrees.
 *
 * <p>Not to another HTTP, nor to TLS: the requests inside would reach the node past every rule of this proxy.
 */
final class Upgrade {

    private Upgrade() {}

    /** Whether it asks for a protocol that may be tunnelled. */
    static boolean isAskedFor(Request client) {
        HttpFields request = client.getHeaders();
        boolean known = client.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                || client instanceof WebSocketStream;
        return known
                && request.contains(HttpHeader.CONNECTION, "upgrade")
                && !request.contains(HttpHeader.CONNECTION, "close")
                && request.contains(HttpHeader.UPGRADE)
                && protocols(request).stream().noneMatch(Upgrade::isHttpOrTls);
    }

    /** Whether the answer switches to something that was asked for. */
    static boolean isAnswered(Request client, HttpFields answer) {
        List<String> chosen = protocols(answer);
        return !chosen.isEmpty()
                && protocols(client.getHeaders()).containsAll(chosen)
                && (!(client instanceof WebSocketStream stream) || stream.isAcceptedBy(answer));
    }

    /** What tells a client that its tunnel stands (RFC 8441 §5). */
    static int agreement(Request client) {
        return client instanceof WebSocketStream ? HttpStatus.OK_200 : HttpStatus.SWITCHING_PROTOCOLS_101;
    }

    /** Whether the client would take this answer for a tunnel, which it is not. */
    static boolean isMistakable(Request client, int status) {
        return client instanceof WebSocketStream && HttpStatus.isSuccess(status);
    }

    /**
     * Says to the client what the node has agreed to. A length that the node gives, as Undertow does, means nothing there
     * (RFC 9110 §8.6), and would end a stream (§9.3.6).
     */
    static void agree(Request client, HttpFields answer, HttpFields.Mutable to) {
        to.remove(HttpHeader.CONTENT_LENGTH);
        if (client instanceof WebSocketStream) {
            to.remove(HttpHeader.SEC_WEBSOCKET_ACCEPT); // to the proxy's key
        } else {
            copy(answer, to);
        }
    }

    /** Says the same on the next connection. */
    static void copy(HttpFields from, HttpFields.Mutable to) {
        for (HttpField field : from.getFields(HttpHeader.UPGRADE)) {
            to.add(field);
        }
        to.add(new HttpField(HttpHeader.CONNECTION, "Upgrade"));
    }

    private static List<String> protocols(HttpFields fields) {
        return fields.getCSV(HttpHeader.UPGRADE, false).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isHttpOrTls(String protocol) {
        return protocol.startsWith("h2")
                || protocol.startsWith("h3")
                || protocol.startsWith("http")
                || protocol.startsWith("tls");
    }
}
