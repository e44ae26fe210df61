package io.limpet.proxy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What is never forwarded, whatever the nodes' state. */
final class Refusal {

    /** Methods that a reverse proxy does not pass on (RFC 9110 §9.3.6, §9.3.8). */
    private static final Set<String> METHODS = Set.of("CONNECT", "TRACE");

    /** The connection ends too: who asked for a tunnel may have begun to use it. */
    private static final HttpFields ALLOWED = HttpFields.from(
            new HttpField(HttpHeader.ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH"),
            new HttpField(HttpHeader.CONNECTION, "close"));

    /** RFC 9110 §7.2: a host, and behind a colon digits. Jetty would take a sign before the digits, and {@code ::1}. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]++]|[A-Za-z0-9._~!$&'()*+,;=%-]*+)(?::[0-9]{0,5})?");

    private static final HttpFields CLOSE = HttpFields.from(new HttpField(HttpHeader.CONNECTION, "close"));

    /** RFC 9113 §8.2.2: where there are streams, they mean nothing, or another message to whoever comes behind. */
    private static final List<HttpHeader> OF_CONNECTIONS = List.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    private static final Set<HttpHeader> OF_UPGRADES = Set.of(HttpHeader.CONNECTION, HttpHeader.UPGRADE);

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** The last one that was right: nearly all requests name the same. Any thread writes it. */
    private static volatile String right = "";

    private Refusal() {}

    /** The page for a request that is refused; empty when it may pass. */
    static Optional<ErrorPage> of(Request request) {
        if (WebSocketStream.isTunnel(request) && !(request instanceof WebSocketStream)) {
            // RFC 8441: to another protocol than WebSocket, or with what stands in no such request
            return Optional.of(new ErrorPage(501));
        }
        if (METHODS.contains(request.getMethod())) {
            return Optional.of(new ErrorPage(405, ALLOWED));
        }
        if (!isHost(request.getHeaders().get(HttpHeader.HOST))
                || !isAscii(request.getHttpURI().getPathQuery())
                || !isOfItsVersion(request)) {
            return Optional.of(new ErrorPage(400, CLOSE));
        }
        if (!isFramed(request)) {
            return Optional.of(new ErrorPage(501, CLOSE));
        }
        if (!isOfThisScheme(request)) {
            return Optional.of(new ErrorPage(421, CLOSE));
        }
        if (PrivatePaths.include(request.getHttpURI().getPath())) {
            return Optional.of(new ErrorPage(404));
        }
        return Optional.empty();
    }

    private static boolean isHttp2(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** Jetty's parser of HTTP/1.1 sees to the length itself, that of HTTP/2 takes a negative one for none. */
    private static boolean isOfItsVersion(Request request) {
        if (!isHttp2(request)) {
            return true;
        }
        HttpFields fields = request.getHeaders();
        // the first request of a connection that was HTTP/1.1, in servers that still allow this (RFC 7540 §3.2), and
        // what
        // the proxy itself has written there
        boolean upgraded = fields.contains(HttpHeader.HTTP2_SETTINGS) || request instanceof WebSocketStream;
        return OF_CONNECTIONS.stream()
                        .filter(name -> !upgraded || !OF_UPGRADES.contains(name))
                        .noneMatch(fields::contains)
                && fields.getFields(HttpHeader.CONTENT_LENGTH).stream()
                        .allMatch(length -> LENGTH.matcher(length.getValue()).matches());
    }

    private static boolean isHost(@Nullable String host) {
        if (host == null || host.equals(right)) {
            return true;
        }
        boolean isRight = HOST.matcher(host).matches();
        if (isRight) {
            right = host;
        }
        return isRight;
    }

    /** RFC 3986 §2: everything else is encoded; to send it on would be to choose the encoding. */
    private static boolean isAscii(@Nullable String target) {
        for (int i = 0; target != null && i < target.length(); i++) {
            if (target.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /**
     * RFC 9112 §6.1: of transfer codings only chunked is understood here, and not from an HTTP/1.0 client. Jetty would undo
     * that one and forget the others.
     */
    private static boolean isFramed(Request request) {
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1
                        && codings.get(0).strip().equalsIgnoreCase("chunked")
                        && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0);
    }

    /** RFC 9110 §7.4: a target that says https does not make the connection a secure one, nor one that says ws. */
    private static boolean isOfThisScheme(Request request) {
        String scheme = request.getHttpURI().getScheme();
        return scheme == null
                || scheme.equalsIgnoreCase(request.getConnectionMetaData().isSecure() ? "https" : "http");
    }
}
