package io.limpet.proxy.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServiceLookupTest {

    private static final int NO_SUCH_NAME = 3;

    /** Answers each question (RFC 1035 §4) with these SRV records, or that there is no such name. */
    private static DatagramSocket server(String... targets) throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(
                () -> {
                    while (!socket.isClosed()) {
                        answer(socket, targets);
                    }
                },
                "dns");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static void answer(DatagramSocket socket, String... targets) {
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        try {
            socket.receive(packet);
            byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()), targets);
            socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] answer(byte[] question, String... targets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8580 | (targets.length == 0 ? NO_SUCH_NAME : 0));
        out.writeShort(1);
        out.writeShort(targets.length);
        out.writeInt(0);
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        out.write(question, 12, end + 5 - 12);
        for (int i = 0; i < targets.length; i++) {
            out.write(new byte[] {(byte) 0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 5});
            out.writeShort(6 + targets[i].length() + 2);
            out.writeInt(10);
            out.writeShort(8081 + i);
            for (String label : targets[i].split("\\.", -1)) {
                out.writeByte(label.length());
                out.write(label.getBytes(StandardCharsets.US_ASCII));
            }
            out.writeByte(0);
        }
        return bytes.toByteArray();
    }

    private static ServiceLookup lookup(DatagramSocket server) {
        return new ServiceLookup("_http._tcp.shop.example", "dns://127.0.0.1:" + server.getLocalPort());
    }

    @Test
    void eachServiceIsANodeWithItsOwnPort() throws IOException {
        try (DatagramSocket server = server("pod-1.shop.example", "pod-2.shop.example")) {
            assertThat(lookup(server).addresses())
                    .containsExactlyInAnyOrder(
                            URI.create("http://pod-1.shop.example:8081"), URI.create("http://pod-2.shop.example:8082"));
        }
    }

    @Test
    void aNameThatThereIsNotIsAFailureAndNotNoNodes() throws IOException {
        try (DatagramSocket server = server()) {
            assertThatThrownBy(() -> lookup(server).addresses()).isInstanceOf(IOException.class);
        }
    }
}
