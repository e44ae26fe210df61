package io.limpet.proxy.relay;

import io.limpet.proxy.upstream.LineField;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpStatus;

/** The bytes of a response's head, or of trailers. What is written was read strictly, or is the proxy's own. */
final class HeadBytes {

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final int SEPARATORS = 4;

    private byte[] bytes = new byte[512];
    private int length;

    void status(int status) {
        put(VERSION);
        String line = status + " " + HttpStatus.getMessage(status) + "\r\n";
        put(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    void field(HttpField field) {
        if (field instanceof LineField known) {
            reserve(known.lineLength());
            known.writeTo(bytes, length);
            length += known.lineLength();
            return;
        }
        String name = field.getName();
        String value = field.getValue() == null ? "" : field.getValue();
        reserve(name.length() + value.length() + SEPARATORS);
        text(name);
        bytes[length++] = ':';
        bytes[length++] = ' ';
        text(value);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    @SuppressWarnings("deprecation") // an octet a character, without an encoder
    private void text(String text) {
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    ByteBuffer end() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
