package io.limpet.benchmark.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection that is kept open as long as the server likes, and one session. It sends what a node gets from Limpet's proxy: the cookie without
 * the route. Used by one thread at a time.
 */
final class Visitor implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String ROUTE = ".n1";

    private final int port;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private final Map<String, String> cookies = new TreeMap<>();

    Visitor(int port) throws IOException {
        this.port = port;
        connect();
    }

    private void connect() throws IOException {
        socket.close();
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** The bytes of a request; it can be sent again as long as no cookie changes. */
    byte[] request(String path) {
        List<String> pairs = new ArrayList<>();
        cookies.forEach((name, value) -> pairs.add(name + "=" + value));
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nLimpet-Route: owner\r\nCookie: "
                        + String.join("; ", pairs) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a request and reads its answer to the end; anything but a 200 with a length throws. */
    void ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered " + status);
        }
        long length = -1;
        boolean last = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            String value = line.substring(name.length() + 1).strip();
            if (name.equals("content-length")) {
                length = Long.parseLong(value);
            } else if (name.equals("connection")) {
                last = value.equals("close"); // Tomcat's default is a hundred requests
            } else if (name.equals("set-cookie")) {
                take(value.split(";", 2)[0]);
            }
        }
        in.skipNBytes(length);
        if (last) {
            connect();
        }
    }

    private void take(String pair) {
        String value = pair.substring(pair.indexOf('=') + 1);
        cookies.put(
                pair.substring(0, pair.indexOf('=')),
                value.endsWith(ROUTE) ? value.substring(0, value.length() - ROUTE.length()) : value);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed within an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
