package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take more than their share: they are cut off or told so, and an honest client is served meanwhile. */
class FloodTest {

    private static final int FLOOD = 100;

    private static final String LARGE = "x".repeat(64 * 1024);
    private static final byte[] PIPELINE =
            "GET /large HTTP/1.1\r\nHost: shop.example\r\n\r\n".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);

    private final List<Socket> clients = new ArrayList<>();
    private final RawNode node = RawNode.start("n1", (request, out) -> {
        String body = request.line().startsWith("GET /large ") ? LARGE : "n1";
        RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        return true;
    });
    private TestProxy proxy = proxy(Duration.ofSeconds(20), 10_000, 50);
    private MemoryGrowth memory;

    private TestProxy proxy(Duration idle, int connections, int requests) {
        return TestProxy.over(
                idle, TestSettings.limits(connections, requests, Duration.ofSeconds(1), 1000), node.node());
    }

    @BeforeEach
    void measure() {
        honestClientIsServed();
        memory = new MemoryGrowth();
    }

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        proxy.close();
        node.close();
    }

    private void honestClientIsServed() {
        assertThat(proxy.get("/").body()).isEqualTo("n1");
    }

    private Socket connect(String text) throws IOException {
        Socket client = proxy.connect();
        clients.add(client);
        write(client, text);
        return client;
    }

    /** False when the other side has closed the connection. */
    private static boolean write(Socket client, String text) {
        return write(client, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What comes until the connection ends; nothing when it was reset. */
    private static String rest(Socket client) throws IOException {
        try {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "";
        }
    }

    /** A byte from each client again and again, until all have been cut off. */
    private void dribble(String text) {
        int[] rounds = new int[1];
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    clients.removeIf(client -> !write(client, text) || isClosed(client));
                    honestClientIsServed();
                    if (rounds[0]++ % 5 == 0) {
                        memory.look();
                    }
                    return clients.isEmpty();
                });
        memory.isBounded();
    }

    private static boolean isClosed(Socket client) {
        try {
            client.setSoTimeout(1);
            InputStream in = client.getInputStream();
            while (in.read() >= 0) {
                // an answer, which may come before the end
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoDribblesItsHeadIsCutOff() throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            connect("GET / HTTP/1.1\r\nHost: shop.example\r\nX-Slow: ");
        }
        dribble("x");

        assertThat(node.requests()).allMatch(request -> request.values("X-Slow").isEmpty());
    }

    @Test
    void whoDribblesItsBodyIsCutOff() throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            connect("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100000\r\n\r\n");
        }
        dribble("x");
    }

    @Test
    void aSlowBodyIsAnswered408() throws IOException {
        Socket client = connect("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100000\r\n\r\nx");

        assertThat(rest(client)).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aClientThatIsNoSlowerThanTheRateMayTakeItsTime() throws IOException {
        Socket client =
                connect("POST / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Length: 6000\r\n\r\n");
        CompletableFuture<Void> sent = new CompletableFuture<>();
        int[] count = new int[1];
        Awaitility.await().pollInterval(Duration.ofMillis(250)).until(() -> {
            write(client, "x".repeat(500));
            return ++count[0] == 12 && sent.complete(null);
        });

        assertThat(rest(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void headsOfTooManyBytesOrFieldsAreRefused() throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            connect("GET / HTTP/1.1\r\nHost: shop.example\r\nX-Long: " + "x".repeat(500_000));
            connect("GET / HTTP/1.1\r\nHost: shop.example\r\n" + "X: y\r\n".repeat(250) + "\r\n");
            if (i % 25 == 0) {
                memory.look();
            }
        }
        honestClientIsServed();
        memory.isBounded();
        for (Socket client : clients) {
            assertThat(rest(client)).matches("(?s)|HTTP/1.1 431 .*");
        }
        assertThat(node.requests()).allMatch(request -> request.values("X").isEmpty());
    }

    @Test
    void asManyFieldsAsAreAllowedPass() {
        RawResponse response = proxy.sendRaw(
                "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n" + "X: y\r\n".repeat(198) + "\r\n");

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void idleConnectionsMakeRoomForOthers() throws IOException {
        proxy.close();
        proxy = proxy(Duration.ofSeconds(1), 50, 50);
        for (int i = 0; i < 2 * 50; i++) {
            connect("");
        }
        memory.look();
        honestClientIsServed();
        memory.isBounded();
    }

    @Test
    void aConnectionBringsSoManyRequestsAndNoMore() throws IOException {
        Socket client = connect("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n".repeat(80));

        assertThat(rest(client).split("HTTP/1.1 200 OK", -1)).hasSizeBetween(1, 51);
        assertThat(node.requests().size()).isLessThanOrEqualTo(51);
    }

    @Test
    void whoSendsRequestsAndReadsNoAnswersFillsNoMemory() throws Exception {
        proxy.close();
        proxy = proxy(Duration.ofSeconds(20), 50, 1_000_000);
        List<CompletableFuture<Boolean>> floods = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket client = connect("");
            floods.add(CompletableFuture.supplyAsync(() -> write(client, PIPELINE)));
        }
        for (int i = 0; i < 20; i++) {
            honestClientIsServed();
            if (i % 5 == 0) {
                memory.look();
            }
        }
        memory.isBounded();
        for (Socket client : clients) {
            client.close();
        }
        CompletableFuture.allOf(floods.toArray(CompletableFuture[]::new)).join();
    }
}
