package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One request as it is sent to a node.
 *
 * @param head request line and header section, to the last byte
 * @param isHead whether the answer to it has no body, whatever its header fields say (RFC 9110 §9.3.2)
 * @param closes whether it says itself that its connection is not used again
 * @param body what follows the head; null for nothing
 * @param traits what else the connection has to know
 */
public record OutgoingRequest(
        ByteBuffer head, boolean isHead, boolean closes, Content.@Nullable Source body, Traits traits) {

    /**
     * What a connection has to know of a request.
     *
     * @param chunked whether the body is sent in chunks, because nobody knows its length; trailers pass only then
     * @param expectsContinue whether the body waits for the node's 100 (RFC 9110 §10.1.1)
     * @param upgrades whether the node may answer 101
     * @param once whether the request must not be sent twice, so that a doubtful connection is not good enough for it
     */
    public record Traits(boolean chunked, boolean expectsContinue, boolean upgrades, boolean once) {}

    /**
     * Writes the head: what is given, byte for byte and in this order, and {@code Transfer-Encoding} when the body is
     * chunked.
     *
     * @param target path and query as they are to be sent
     * @throws IllegalArgumentException when method, target or a field holds what may not stand there: it would be
     *     read as something else than was meant (RFC 9110 §5.5, RFC 9112 §2.2)
     */
    public static OutgoingRequest of(
            String method, String target, HttpFields fields, Content.@Nullable Source body, Traits traits) {
        RequestBytes bytes = new RequestBytes();
        bytes.line(method, target);
        fields.forEach(bytes::field);
        if (body != null && traits.chunked()) {
            bytes.chunked();
        }
        boolean closes = fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        return new OutgoingRequest(bytes.end(), method.equals("HEAD"), closes, body, traits);
    }
}
