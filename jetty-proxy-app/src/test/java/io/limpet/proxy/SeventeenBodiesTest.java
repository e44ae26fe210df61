package io.limpet.proxy;

import static io.limpet.proxy.EitherProxy.onlyLimpetKeeps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Of the seventeen things that Jetty's own proxy servlets get wrong, those of bodies and of time; the numbers are of the
 * list in {@code docs/http.md}. Each holds for Limpet's and fails for Jetty's.
 */
class SeventeenBodiesTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String CHUNKED = "%s\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** 1 */
    @Test
    void anHttp2BodyWithoutALengthReachesTheNode() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            String body =
                    head.contains("chunked") ? SocketNode.readUntil(connection.getInputStream(), "0\r\n\r\n") : "";
            String seen = body.replaceAll("[0-9a-f]+\r\n|\r\n", "");
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + seen.length() + "\r\n\r\n" + seen);
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                HttpClient client = proxy.http2();
                client.send(HttpRequest.newBuilder(proxy.uri()).build(), BodyHandlers.discarding());
                var noLength = BodyPublishers.fromPublisher(BodyPublishers.ofString("hello you"));
                var response = client.send(
                        HttpRequest.newBuilder(proxy.uri())
                                .timeout(proxy.patience())
                                .POST(noLength)
                                .build(),
                        BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.body()).isEqualTo("hello you");
            });
        }
    }

    /** 3 */
    @Test
    void whatComesBeforeTheAnswerIsRelayedAtOnce() throws Exception {
        Semaphore seen = new Semaphore(0);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(
                    connection,
                    "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n");
            awaitFor(seen);
            SocketNode.write(connection, EMPTY);
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send(GET);
                    assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 102 ");
                    assertThat(client.readUntil("\r\n\r\n"))
                            .startsWith("HTTP/1.1 103 ")
                            .contains("\r\nLink: </a>; rel=preload\r\n");
                    seen.release();
                    assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
                }
            });
        }
    }

    private static void awaitFor(Semaphore permit) throws IOException {
        try {
            if (!permit.tryAcquire(3, TimeUnit.SECONDS)) {
                throw new IOException("the client has not seen it");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** 4 */
    @Test
    void anEventReachesTheClientBeforeTheNextOne() throws Exception {
        Semaphore seen = new Semaphore(0);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                SocketNode.write(connection, "data: " + i + "\n\n");
                awaitFor(seen);
            }
            connection.close();
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send(GET);
                    for (int i = 0; i < 3; i++) {
                        client.readUntil("data: " + i + "\n\n");
                        seen.release();
                    }
                    client.readUntil("\r\n0\r\n\r\n");
                }
            });
        }
    }

    /** 7 */
    @Test
    void trailersPassInBothDirections() throws Exception {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            bodies.add(SocketNode.readUntil(connection.getInputStream(), "0\r\n")
                    + SocketNode.readUntil(connection.getInputStream(), "\r\n\r\n"));
            SocketNode.write(
                    connection,
                    CHUNKED.formatted("HTTP/1.1 200 OK\r\nTrailer: X-Sum", "2\r\nhi\r\n0\r\nX-Sum: 1, \"2\""));
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send(CHUNKED.formatted(
                            "POST / HTTP/1.1\r\nHost: h\r\nTrailer: X-Hash",
                            "3\r\nabc\r\n0\r\nX-Hash: 7\r\nLimpet-Route: owner"));
                    String response = client.readUntil("\r\n0\r\n") + client.readUntil("\r\n\r\n");
                    assertThat(response).contains("\r\nTrailer: X-Sum\r\n").endsWith("0\r\nX-Sum: 1, \"2\"\r\n\r\n");
                }
                assertThat(bodies.take()).isEqualTo("3\r\nabc\r\n0\r\nX-Hash: 7\r\n\r\n");
            });
        }
    }

    /** 8 */
    @Test
    void aDownloadMayLastLongerThanAnySilence() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n");
            for (int i = 0; i < 15; i++) {
                SocketNode.write(connection, ".");
                await().pollDelay(250, TimeUnit.MILLISECONDS).until(() -> true);
            }
        })) {
            onlyLimpetKeeps(
                    Duration.ofSeconds(3),
                    node.node(),
                    proxy -> assertThat(proxy.get("/").body()).hasSize(15));
        }
    }

    /** 13 */
    @Test
    void aClientThatLeavesWhileItWaitsIsPassedOnToTheNode() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            arrived.release();
            if (ended(connection)) {
                told.release();
            }
            connection.close();
        })) {
            onlyLimpetKeeps(Duration.ofSeconds(6), node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send(GET);
                    assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                }
                assertThat(told.tryAcquire(3, TimeUnit.SECONDS)).isTrue();
            });
        }
    }

    private static boolean ended(Socket connection) {
        try {
            return connection.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** 14 */
    @Test
    void aMalformedChunkIsTheClientsMistakeAndNotTheNodes() throws Exception {
        try (SocketNode node = SocketNode.start(
                "n1", (head, connection) -> SocketNode.readUntil(connection.getInputStream(), "0\r\n\r\n"))) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send(
                            "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nXYZ\r\n");
                    assertThat(client.read().status()).isEqualTo(400);
                }
            });
        }
    }

    /** 17 */
    @Test
    void aSwitchOfProtocolsBecomesATunnel() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(
                    connection,
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\nhello ");
            String name = SocketNode.readUntil(connection.getInputStream(), "\n");
            SocketNode.write(connection, name + "bye\n");
            connection.close();
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
                    assertThat(client.readUntil("\r\n\r\n"))
                            .startsWith("HTTP/1.1 101 ")
                            .contains("Upgrade: chat");
                    client.send("you\n");
                    assertThat(client.readAll()).isEqualTo("hello you\nbye\n");
                }
            });
        }
    }
}
