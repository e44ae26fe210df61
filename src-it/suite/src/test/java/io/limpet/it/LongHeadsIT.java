package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.fault.Effort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients may send with the limits that are shipped fits into the heap of the {@code limpet-proxy} script: as many
 * connections as there may be, with as long heads as there may be, none of which ends. A tenth of both, and all of it with
 * {@code -Pchaos}.
 */
class LongHeadsIT {

    private static final int PART = Effort.isFull() ? 1 : 10;

    /** The script's, of which a proxy without clients takes some 30 MB. */
    private static final int HEAP_MB = 48 + 2_000 / PART;

    /** Some are the honest client's, and the probes'. */
    private static final int CONNECTIONS = 9_500 / PART;

    private static final String HEAD =
            "GET / HTTP/1.1\r\nHost: shop.example\r\nCookie: " + "x".repeat(63 * 1024) + "\r\n";

    private final List<SocketChannel> clients = new ArrayList<>();
    private HttpServer node;

    @BeforeEach
    void startNode() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] status = "{\"node\":\"n1\",\"state\":\"ready\"}".getBytes(StandardCharsets.US_ASCII);
        node.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, status.length);
            exchange.getResponseBody().write(status);
            exchange.close();
        });
        node.start();
    }

    @AfterEach
    void end() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
        node.stop(0);
    }

    @Test
    void asManyAndAsLongHeadsAsMayBeUnderWayFitIntoTheHeapAndAnHonestClientIsServed() throws Exception {
        int port = FreePorts.next();
        List<String> script = List.of(
                "-XX:+UseParallelGC",
                "-Xms32m",
                "-Xmx" + HEAP_MB + "m",
                "-XX:MaxNewSize=32m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError");
        Node n1 = new Node("n1", node.getAddress().getPort(), 0);
        try (Program proxy = ProxyProgram.start(
                WorkFolder.create("heads"), script, port, List.of(n1), List.of("--head-timeout", "5m"))) {
            honestClientIsServed(port);
            ByteBuffer head = ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
            for (SocketChannel client : clients) {
                send(client, head.duplicate());
            }
            honestClientIsServed(port);

            assertThat(ProcessHandle.of(proxy.pid())).get().matches(ProcessHandle::isAlive);
            for (SocketChannel client : clients) {
                client.configureBlocking(false);
                assertThat(client.read(ByteBuffer.allocate(1))).as("still open").isZero();
            }
            Operator.assertReasonsAddUp(proxy);
        }
    }

    private static void send(SocketChannel client, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static void honestClientIsServed(int port) {
        Browser browser = new Browser(ProxyProgram.uri(port));
        await("an honest client")
                .atMost(Duration.ofSeconds(60))
                .ignoreException(UncheckedIOException.class)
                .until(() -> browser.get("/").status() == 200);
    }
}
