package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The bytes of a request's head, or of trailers. Whatever could be read as the end of a line or of a name is refused
 * here, wherever it has come from: HTTP/2 carries values that no HTTP/1.1 parser has seen.
 */
final class RequestBytes {

    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);

    /** RFC 9110 §5.6.2. */
    private static final BitSet TOKEN = new BitSet();

    static {
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                .chars()
                .forEach(TOKEN::set);
    }

    private byte[] bytes = new byte[1024];
    private int length;

    /** The trailer section behind the last chunk (RFC 9112 §7.1.2). */
    static ByteBuffer trailers(HttpFields fields) {
        RequestBytes bytes = new RequestBytes();
        fields.forEach(bytes::field);
        return bytes.end();
    }

    void line(String method, String target) {
        token(method);
        put((byte) ' ');
        // as it was decoded: Jetty reads bytes beyond ASCII in a target as UTF-8, and refuses what is none
        byte[] raw = target.getBytes(StandardCharsets.UTF_8);
        for (byte next : raw) {
            if ((next >= 0 && next <= ' ') || next == 0x7f) {
                throw new IllegalArgumentException("a request target holds no character " + (int) next);
            }
        }
        put(raw);
        put(VERSION);
    }

    void field(HttpField field) {
        if (field instanceof LineField known) {
            reserve(length + known.lineLength());
            known.writeTo(bytes, length);
            length += known.lineLength();
            return;
        }
        field(field.getName(), field.getValue() == null ? "" : field.getValue());
    }

    /** One line, with its end. */
    static byte[] fieldLine(String name, String value) {
        RequestBytes bytes = new RequestBytes();
        bytes.field(name, value);
        return Arrays.copyOf(bytes.bytes, bytes.length);
    }

    private void field(String name, String value) {
        token(name);
        put((byte) ':');
        put((byte) ' ');
        value(value);
        put((byte) '\r');
        put((byte) '\n');
    }

    void chunked() {
        put(CHUNKED);
    }

    ByteBuffer end() {
        put((byte) '\r');
        put((byte) '\n');
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private void token(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a method or a field's name is never empty");
        }
        int end = length + text.length();
        reserve(end);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (!TOKEN.get(next)) {
                throw new IllegalArgumentException("a method or a field's name holds no character " + (int) next);
            }
            bytes[length + i] = (byte) next;
        }
        length = end;
    }

    private void value(String text) {
        int end = length + text.length();
        reserve(end);
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if ((next < ' ' && next != '\t') || next == 0x7f || next > 0xff) {
                throw new IllegalArgumentException("a field's value holds no character " + (int) next);
            }
            bytes[length + i] = (byte) next;
        }
        length = end;
    }

    private void put(byte next) {
        reserve(length + 1);
        bytes[length++] = next;
    }

    private void put(byte[] more) {
        reserve(length + more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void reserve(int capacity) {
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
        }
    }
}
