package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection of a client that says exactly what it is told, and waits for exactly what it is told. */
final class WireClient implements AutoCloseable {

    private final Socket socket;

    /** @param patience how long it waits for the next byte */
    WireClient(int port, Duration patience) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), patience);
    }

    /** On a connection that may speak TLS. */
    WireClient(Socket socket, Duration patience) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) patience.toMillis());
        socket.setTcpNoDelay(true);
    }

    WireClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Reads as far as this text; fails when the connection ends before. */
    String readUntil(String end) throws IOException {
        String read = SocketNode.readUntil(socket.getInputStream(), end);
        assertThat(read).endsWith(end);
        return read;
    }

    /** Reads a response with a length, or a page of the proxy's own. */
    RawResponse read() throws IOException {
        String head = readUntil("\r\n\r\n");
        RawResponse response = RawResponse.of(head);
        if (response.values("Content-Length").isEmpty()) {
            return response;
        }
        int length = Integer.parseInt(response.values("Content-Length").get(0));
        byte[] body = socket.getInputStream().readNBytes(length);
        return new RawResponse(response.status(), response.headers(), new String(body, StandardCharsets.ISO_8859_1));
    }

    /** Whether anything has come at this moment. */
    boolean hasBytes() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes until the connection ends, in whatever way. */
    String readToEndOrReset() throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                read.append((char) next);
            }
        } catch (SocketException e) {
            // a reset
        }
        return read.toString();
    }

    /** Says no more, and still listens. */
    WireClient shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Leaves without a word, as a killed client does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
