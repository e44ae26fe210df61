package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets, and whatever else a connection may be upgraded to: a tunnel on the session's route. */
class UpgradeTest {

    private static final String ASKED =
            "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

    /** Agrees, and says back what it hears until it hears no more. */
    private static void echo(String head, Socket connection) throws IOException {
        SocketNode.write(connection, AGREED + "\r\n");
        connection.getInputStream().transferTo(connection.getOutputStream());
        connection.close();
    }

    @Test
    void theHandshakePassesByteForByteAndTheSessionIsTagged() throws IOException {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(
                            connection, AGREED + "Sec-WebSocket-Protocol: b\r\nSet-Cookie: JSESSIONID=4F2A\r\n\r\n");
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED
                    + "Sec-WebSocket-Key: AQ==\r\nSec-WebSocket-Protocol: a,  b\r\nCookie: JSESSIONID=1.n1\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                    .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Protocol: b\r\n")
                    .contains("Set-Cookie: JSESSIONID=4F2A.n1\r\n");
            assertThat(n1.heads().get(0))
                    .startsWith("GET /chat HTTP/1.1\r\n")
                    .contains("Connection: Upgrade\r\n", "Upgrade: websocket\r\n", "Sec-WebSocket-Key: AQ==\r\n")
                    .contains("Sec-WebSocket-Protocol: a,  b\r\n", "Cookie: JSESSIONID=1\r\n");
        }
    }

    @Test
    void megabytesComeBackUnchangedAndSoDoesTheEnd() throws Exception {
        StringBuilder frames = new StringBuilder();
        for (int i = 0; i < 3_000_000; i++) {
            frames.append((char) (i * 31 & 0xff));
        }
        try (SocketNode n1 = SocketNode.start("n1", UpgradeTest::echo);
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            // the first bytes come with the request itself
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    client.send(ASKED + "\r\n" + frames).shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            client.readUntil("\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(frames.toString());
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoHasSaidEverythingStillHears() throws IOException {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED + "\r\n");
                    String heard = SocketNode.readUntil(connection.getInputStream(), "\n\n");
                    SocketNode.write(connection, "you said " + heard);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED + "\r\n").readUntil("\r\n\r\n");
            client.send("no more").shutdownOutput();
            assertThat(client.readAll()).isEqualTo("you said no more");
        }
    }

    @Test
    void anAnswerThatDoesNotSwitchIsLikeAnyOther() throws IOException {
        try (SocketNode n1 = SocketNode.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = client.send(ASKED + "\r\n").read();
                assertThat(response.status()).isEqualTo(403);
                assertThat(response.body()).isEqualTo("no");
            }
        }
    }

    @Test
    void aNodeThatAsksForAnUpgradeSaysToWhat() throws IOException {
        String answer = AGREED.replace("101 Switching Protocols", "426 Upgrade Required") + "Content-Length: 0\r\n\r\n";
        try (SocketNode n1 = SocketNode.answering(answer);
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            RawResponse response =
                    client.send("GET /chat HTTP/1.1\r\nHost: h\r\n\r\n").read();
            assertThat(response.status()).isEqualTo(426);
            assertThat(response.values("Upgrade")).containsExactly("websocket");
            assertThat(response.values("Connection")).containsExactly("Upgrade");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2c", "h2c, websocket", "HTTP/2.0", "TLS/1.0"})
    void anotherHttpInsideTheConnectionIsNotAskedFor(String protocol) throws IOException {
        try (SocketNode n1 = SocketNode.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED.replace("websocket", protocol) + "HTTP2-Settings: AAA\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(n1.heads().get(0)).doesNotContainIgnoringCase("upgrade");
        }
    }

    @Test
    void aSwitchToSomethingElseThanWasAskedForIsABadGateway() throws IOException {
        try (SocketNode n1 = SocketNode.answering(AGREED.replace("websocket", "mail") + "\r\n");
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            assertThat(client.send(ASKED + "\r\n").read().status()).isEqualTo(502);
        }
    }

    @Test
    void aTunnelWithoutAByteEnds() throws IOException {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(300));
        try (SocketNode n1 = SocketNode.start("n1", UpgradeTest::echo);
                TestProxy proxy = TestProxy.over(timeouts, n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED + "\r\n").readUntil("\r\n\r\n");
            assertThat(client.readAll()).isEmpty();
            await().until(() -> n1.openConnections() == 0);
        }
    }

    /** It has a limit of its own: an hour, where a request that is silent for so long is over. */
    @Test
    void aTunnelThatIsQuietOutlivesTheIdleTimeOfRequests() throws Exception {
        Duration idle = Duration.ofMillis(500);
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), idle, Duration.ofMinutes(1));
        try (SocketNode n1 = SocketNode.start("n1", UpgradeTest::echo);
                SocketNode silent = SocketNode.start("n2", (head, connection) -> ClosedSockets.awaitEnd(connection));
                TestProxy proxy = TestProxy.over(timeouts, n1.node(), silent.node());
                WireClient client = proxy.client()) {
            client.send(ASKED + "Cookie: JSESSIONID=1.n1\r\n\r\n").readUntil("\r\n\r\n");
            // three times as long, by requests that are not as patient
            for (int i = 0; i < 3; i++) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=1.n2").status()).isEqualTo(504);
            }
            client.send("still here").shutdownOutput();
            assertThat(client.readAll()).isEqualTo("still here");
        }
    }

    @Test
    void whenEitherSideBreaksTheOtherIsTold() throws Exception {
        Semaphore broken = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED + "\r\n");
                    if (head.contains("/stay")) {
                        ClosedSockets.awaitEnd(connection);
                        broken.release();
                    }
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient client = proxy.client()) {
                client.send(ASKED + "\r\n").readUntil("\r\n\r\n");
                assertThat(client.readAll()).isEmpty();
            }
            try (WireClient client = proxy.client()) {
                client.send(ASKED.replace("/chat", "/stay") + "\r\n").readUntil("\r\n\r\n");
                client.reset();
            }
            assertThat(broken.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aThousandUpgradesReachTheNodesOfTheirSessions() throws IOException {
        try (SocketNode n1 = SocketNode.start("n1", UpgradeTest::echo);
                SocketNode n2 = SocketNode.start("n2", UpgradeTest::echo);
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<CompletableFuture<Void>> asked = IntStream.range(0, 1_000)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> upgrade(proxy, i), threads))
                        .toList();
                asked.forEach(CompletableFuture::join);
            } finally {
                threads.shutdownNow();
            }
            assertThat(sessions(n1)).containsExactlyInAnyOrderElementsOf(all(i -> i % 3 == 0));
            assertThat(sessions(n2)).containsExactlyInAnyOrderElementsOf(all(i -> i % 3 != 0));
        }
    }

    /** In a session of its own, which is on n1 for every third. */
    private static void upgrade(TestProxy proxy, int i) {
        String route = i % 3 == 0 ? "n1" : "n2";
        try (WireClient client = proxy.client()) {
            client.send(ASKED + "Cookie: JSESSIONID=" + i + "." + route + "\r\n\r\n" + i)
                    .readUntil("\r\n\r\n");
            assertThat(client.shutdownOutput().readAll()).isEqualTo("" + i);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sessions(SocketNode node) {
        return node.heads().stream()
                .flatMap(head -> RawRequest.of(head, "").values("Cookie").stream())
                .toList();
    }

    private static List<String> all(IntPredicate those) {
        return IntStream.range(0, 1_000)
                .filter(those)
                .mapToObj(i -> "JSESSIONID=" + i)
                .toList();
    }
}
