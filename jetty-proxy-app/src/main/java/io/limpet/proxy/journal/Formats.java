package io.limpet.proxy.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** How the lines of the access log look. No session id stands in them: neither as a cookie nor in the path. */
public final class Formats {

    private static final DateTimeFormatter NCSA =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Pattern IN_PATH = Pattern.compile("(;[A-Za-z0-9._~-]{1,64}=)[^;/?#]+");
    private static final double NANOS_A_MILLI = 1e6;

    private Formats() {}

    /** One JSON object. */
    public static String json(Finished it) {
        Request request = it.request();
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("time", Instant.ofEpochMilli(Request.getTimeStamp(request)).toString())
                .put("client", Request.getRemoteAddr(request))
                .put("method", it.method())
                .put("host", request.getHeaders().get(HttpHeader.HOST))
                .put("path", path(request))
                .put("protocol", request.getConnectionMetaData().getProtocol())
                .put("status", it.status())
                .put("bytes", it.bytes())
                .put("ms", Math.round(it.nanos() / NANOS_A_MILLI * 1_000) / 1_000.0)
                .put("reason", it.choice().reason().toString());
        it.node().ifPresent(node -> line.put("node", node.toString()));
        if (it.choice() instanceof Choice.Takeover takeover) {
            line.put("from", takeover.lostOwner().name());
        }
        if (it.choice() instanceof Choice.Rebalanced moved) {
            line.put("from", moved.from().name());
        }
        it.session().ifPresent(session -> line.put("session", HashedSession.of(session)));
        if (it.attempts() > 1) {
            line.put("attempts", it.attempts());
        }
        Optional.ofNullable(request.getHeaders().get("traceparent")).ifPresent(trace -> line.put("traceparent", trace));
        return line.toString();
    }

    /** NCSA's combined format; behind it node, reason, hashed session and milliseconds. */
    public static String combined(Finished it) {
        Request request = it.request();
        return Request.getRemoteAddr(request)
                + " - - ["
                + NCSA.format(Instant.ofEpochMilli(Request.getTimeStamp(request)))
                + "] "
                + quoted(it.method() + " " + path(request) + " "
                        + request.getConnectionMetaData().getProtocol())
                + " " + it.status() + " " + it.bytes() + " "
                + quoted(request.getHeaders().get(HttpHeader.REFERER)) + " "
                + quoted(request.getHeaders().get(HttpHeader.USER_AGENT)) + " "
                + it.node().map(Node::toString).orElse("-") + " "
                + it.choice().reason() + " "
                + it.session().map(HashedSession::of).orElse("-") + " "
                + Math.round(it.nanos() / NANOS_A_MILLI);
    }

    private static String path(Request request) {
        return withoutSession(String.valueOf(request.getHttpURI().getPathQuery()));
    }

    /** A path as others may read it. */
    public static String withoutSession(String path) {
        return IN_PATH.matcher(path).replaceAll("$1*");
    }

    /** What a client sends ends no line and no quotation. */
    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "\"-\"";
        }
        StringBuilder quoted = new StringBuilder("\"");
        IN_PATH.matcher(text).replaceAll("$1*").chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\x%02X", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
