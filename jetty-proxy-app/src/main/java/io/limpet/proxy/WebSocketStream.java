package io.limpet.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.TunnelSupport;

/**
 * A WebSocket that a client opens in a stream of HTTP/2 (RFC 8441), read as what its node is asked for: the GET of RFC 6455
 * §4.1, with a key of the proxy's, since there is none in a stream.
 *
 * <p>One thread at a time, as the request itself.
 */
final class WebSocketStream extends Request.Wrapper {

    private static final String PROTOCOL = "websocket";

    /** RFC 6455 §1.3. */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY = 16;

    /** What stands in no request of this kind: those of connections, and of a body, which a tunnel has not. */
    private static final List<HttpHeader> FOREIGN =
            List.of(HttpHeader.CONNECTION, HttpHeader.UPGRADE, HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING);

    private final EndPoint endPoint;
    private final String key;
    private final HttpFields fields;

    private WebSocketStream(Request request, EndPoint endPoint) {
        super(request);
        this.endPoint = endPoint;
        byte[] random = new byte[KEY];
        // it tells a WebSocket's answer from a cache's, and keeps no secret (RFC 6455 §10.3)
        ThreadLocalRandom.current().nextBytes(random);
        this.key = Base64.getEncoder().encodeToString(random);
        this.fields = HttpFields.build(request.getHeaders())
                .remove(HttpHeader.SEC_WEBSOCKET_KEY)
                .add(new HttpField(HttpHeader.UPGRADE, PROTOCOL))
                .add(new HttpField(HttpHeader.CONNECTION, "Upgrade"))
                .add(new HttpField(HttpHeader.SEC_WEBSOCKET_KEY, key))
                .asImmutable();
    }

    /** The request itself, or what it asks for when that is a WebSocket in a stream. */
    static Request of(Request request) {
        TunnelSupport tunnel = request.getTunnelSupport();
        return isTunnel(request)
                        && tunnel != null
                        && PROTOCOL.equalsIgnoreCase(tunnel.getProtocol())
                        && FOREIGN.stream().noneMatch(request.getHeaders()::contains)
                ? new WebSocketStream(request, tunnel.getEndPoint())
                : request;
    }

    /** Whether it asks for a tunnel in a stream, to whatever protocol. */
    static boolean isTunnel(Request request) {
        TunnelSupport tunnel = request.getTunnelSupport();
        return tunnel != null
                && tunnel.getProtocol() != null
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** Where the tunnel's bytes are read and written once the answer is sent. */
    EndPoint endPoint() {
        return endPoint;
    }

    @Override
    public String getMethod() {
        return HttpMethod.GET.asString();
    }

    @Override
    public HttpFields getHeaders() {
        return fields;
    }

    /** What is sent in the stream is the tunnel's. */
    @Override
    public long getLength() {
        return 0;
    }

    /** Whether the node has understood it (RFC 6455 §4.1): a stream has no field by which the client could check it. */
    boolean isAcceptedBy(HttpFields answer) {
        return accept().equals(answer.get(HttpHeader.SEC_WEBSOCKET_ACCEPT));
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
