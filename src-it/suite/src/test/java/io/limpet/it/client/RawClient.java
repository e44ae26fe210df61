package io.limpet.it.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket that sends any bytes and reads to the end of the connection. */
public final class RawClient {

    private static final int LIMIT_MILLIS = 15_000;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3})[^\r\n]*\r\n");

    private RawClient() {}

    /**
     * What one request of its own connection was answered.
     *
     * @param status 0 when the connection was closed without an answer
     * @param text everything that came, each byte one character
     */
    public record RawAnswer(int status, String text) {

        /** The body, if it was sent in one piece. */
        public String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    /**
     * Sends a GET.
     *
     * @param path with the query, and each character one byte
     * @param headers further lines without their ends, each character one byte
     */
    public static RawAnswer get(URI origin, String path, String... headers) throws IOException {
        return get(origin, path, () -> {}, headers);
    }

    /**
     * Sends a GET.
     *
     * @param atFirstByte is done when the first byte of the answer is here, and before the second is read
     */
    public static RawAnswer get(URI origin, String path, Runnable atFirstByte, String... headers) throws IOException {
        return send(origin, "GET " + path, "", atFirstByte, List.of(headers));
    }

    /**
     * Posts a form.
     *
     * @param path each character one byte
     * @param form as it is encoded
     * @param headers further lines without their ends, each character one byte
     */
    public static RawAnswer post(URI origin, String path, String form, String... headers) throws IOException {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/x-www-form-urlencoded");
        all.add("Content-Length: " + form.length());
        return send(origin, "POST " + path, form, () -> {}, all);
    }

    private static RawAnswer send(
            URI origin, String methodAndPath, String body, Runnable atFirstByte, List<String> headers)
            throws IOException {
        StringBuilder request = new StringBuilder(methodAndPath + " HTTP/1.1\r\n");
        request.append("Host: ").append(origin.getAuthority()).append("\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("\r\n").append(body);
        byte[] answer = exchange(origin, request.toString().getBytes(ISO_8859_1), atFirstByte);
        String text = new String(answer, ISO_8859_1);
        Matcher status = STATUS_LINE.matcher(text);
        return new RawAnswer(status.lookingAt() ? Integer.parseInt(status.group(1)) : 0, text);
    }

    private static byte[] exchange(URI origin, byte[] request, Runnable atFirstByte) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(origin.getHost(), origin.getPort()), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.getOutputStream().write(request);
            return readAll(socket.getInputStream(), atFirstByte);
        }
    }

    private static byte[] readAll(InputStream in, Runnable atFirstByte) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            int first = in.read();
            if (first >= 0) {
                all.write(first);
                atFirstByte.run();
            }
            in.transferTo(all);
        } catch (SocketException e) {
            // a server that refuses a head may reset the connection behind its answer; without an answer it is a
            // failure
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }
}
