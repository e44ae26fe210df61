package io.limpet.proxy.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Sends an attack on a connection of its own and takes what comes back, until the other side closes it. */
final class AttackClient {

    /** After so long without a byte, and with nothing more to come, the client ends its side. */
    private static final int SILENCE_MILLIS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private AttackClient() {}

    /**
     * The answers.
     *
     * @param client what a strict reader makes of the bytes: so many complete requests may have an answer
     */
    static List<Answer> send(int port, byte[] bytes, List<Seen> client) throws IOException {
        List<String> methods = client.stream()
                .flatMap(seen -> seen.head().stream())
                .map(Head::method)
                .toList();
        long complete = client.stream()
                .filter(seen -> seen.state() == Seen.State.COMPLETE)
                .count();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (readSome(socket.getInputStream(), received)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the connection is still open; it brought '" + text(received) + "'");
                }
                boolean waiting = Answer.in(text(received), methods).size() < complete;
                if (!waiting && !socket.isOutputShutdown()) {
                    socket.shutdownOutput();
                }
            }
        } catch (SocketException e) {
            // reset: the other side had closed before it had read everything
        }
        return Answer.in(text(received), methods);
    }

    /** Reads until nothing comes for a while; false at the end. */
    private static boolean readSome(InputStream in, ByteArrayOutputStream received) throws IOException {
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                received.write(buffer, 0, count);
            }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static String text(ByteArrayOutputStream received) {
        return received.toString(StandardCharsets.ISO_8859_1);
    }
}
