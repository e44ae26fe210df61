package io.limpet.proxy;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A change of protocol on one connection (RFC 9110 §7.8), as a WebSocket begins with: passed on, and tunnelled when the
 * node agrees.
 *
 * <p>Not to another HTTP, nor to TLS: the requests inside would reach the node past every rule of this proxy.
 */
final class Upgrade {

    private Upgrade() {}

    /** Whether the header section asks for a protocol that may be tunnelled. */
    static boolean isAskedFor(HttpFields request) {
        return request.contains(HttpHeader.CONNECTION, "upgrade")
                && !request.contains(HttpHeader.CONNECTION, "close")
                && request.contains(HttpHeader.UPGRADE)
                && protocols(request).stream().noneMatch(Upgrade::isHttpOrTls);
    }

    /** Whether the answer switches to something that was asked for. */
    static boolean isAnswered(HttpFields request, HttpFields answer) {
        List<String> chosen = protocols(answer);
        return !chosen.isEmpty() && protocols(request).containsAll(chosen);
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
