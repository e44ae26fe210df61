package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that all come in the same moment, as after a page that many have waited for. */
class BurstTest {

    private static final int CLIENTS = 300;

    private static final ByteBuffer HEAD = StandardCharsets.US_ASCII.encode(
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
    private static final ByteBuffer BODY = StandardCharsets.US_ASCII.encode("body");

    @Test
    void nobodyIsResetWhoComesWithManyOthers() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            List<SocketChannel> clients = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    SocketChannel client = SocketChannel.open();
                    clients.add(client);
                    client.configureBlocking(false);
                    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
                }
                for (SocketChannel client : clients) {
                    client.configureBlocking(true);
                    client.finishConnect();
                    client.write(HEAD.duplicate());
                    client.write(BODY.duplicate());
                }
                for (SocketChannel client : clients) {
                    assertThat(read(client)).startsWith("HTTP/1.1 200 ").endsWith("n1");
                }
            } finally {
                for (SocketChannel client : clients) {
                    client.close();
                }
            }
        }
    }

    private static String read(SocketChannel client) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        while (client.read(answer) >= 0) {
            assertThat(answer.hasRemaining()).isTrue();
        }
        return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
    }
}
