package io.limpet.benchmark.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that have had one answer each and are kept.
 *
 * @param port of the proxy
 * @param open all of them
 */
record IdleClients(int port, List<Socket> open) implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    IdleClients(int port) {
        this(port, new ArrayList<>());
    }

    /** Opens more, one by one, and reads the answer of each. */
    void open(int more) throws IOException {
        for (int i = 0; i < more; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(socket);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("GET /cookie HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: JSESSIONID=" + i + ".n1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            skipAnswer(socket);
        }
    }

    /** The origin's answer to this path ends with the cookie that it got. */
    private static void skipAnswer(Socket socket) throws IOException {
        byte[] buffer = new byte[1024];
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().matches("(?s).*\r\n\r\nn1 JSESSIONID=\\d+")) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new IOException("the proxy has closed connection " + answer);
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
