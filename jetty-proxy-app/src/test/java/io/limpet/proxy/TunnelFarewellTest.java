package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** WebSockets are told when they have to end: 1001, "going away" (RFC 6455 §7.4.1). */
class TunnelFarewellTest {

    private static final String ASKED =
            "GET /chat HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=4F2A.n1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String HELLO = "\u0081\u0005hello";
    private static final String GOING_AWAY = "\u0088\u0002\u0003\u00e9";

    /** What a client answers, masked with zeros (RFC 6455 §5.5.1). */
    private static final String GONE = "\u0088\u0082\0\0\0\0\u0003\u00e9";

    private final CompletableFuture<String> heard = new CompletableFuture<>();

    /** Greets, and waits for what the client says to its end. */
    private void greet(Socket connection, String greeting) throws IOException {
        SocketNode.write(connection, AGREED + greeting);
        heard.complete(SocketNode.readUntil(connection.getInputStream(), "\u0003\u00e9"));
        connection.close();
    }

    @Test
    void aProxyThatStopsSaysSoBetweenTwoFramesAndTheNodeHearsTheClientsAnswer() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> greet(connection, HELLO));
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED).readUntil("hello");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);

            assertThat(client.readUntil("\u0003\u00e9")).isEqualTo(GOING_AWAY);
            client.send(GONE);
            assertThat(client.readAll()).isEmpty();
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(GONE);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void behindTheFarewellNothingPasses() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED);
                    while (!connection.isClosed()) {
                        SocketNode.write(connection, HELLO);
                    }
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED).readUntil("hello");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);

            String frames = client.readUntil("\u0003\u00e9");
            assertThat(frames.substring(0, frames.length() - 4)).matches("(?:" + HELLO + ")*+");
            assertThat(frames).endsWith(GOING_AWAY);
            client.send(GONE);
            assertThat(client.readAll()).isEmpty();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void insideAFrameThatDoesNotEndTheConnectionEnds() throws Exception {
        try (SocketNode n1 = SocketNode.start(
                        "n1", (head, connection) -> greet(connection, "\u0081" + (char) 80 + "hello"));
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED).readUntil("hello");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);

            assertThat(client.readToEndOrReset()).isEmpty();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aNodeThatIsTakenOutEndsItsWebSocketsAndNoOthers() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> greet(connection, HELLO));
                SocketNode n2 = SocketNode.start("n2", (head, connection) -> greet(connection, HELLO));
                TestProxy proxy = TestProxy.given(AdminTest.operating(AdminTest.TOKEN), n1.node(), n2.node());
                WireClient ofN1 = proxy.client();
                WireClient ofN2 = proxy.client()) {
            ofN1.send(ASKED).readUntil("hello");
            ofN2.send(ASKED.replace(".n1", ".n2")).readUntil("hello");
            HttpRequest order = HttpRequest.newBuilder(proxy.admin().resolve("/api/nodes/n1/state"))
                    .header("Authorization", "Bearer " + AdminTest.TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"state\":\"maintenance\"}"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(order, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);

            assertThat(ofN1.readUntil("\u0003\u00e9")).isEqualTo(GOING_AWAY);
            ofN1.send(GONE);
            assertThat(ofN1.readAll()).isEmpty();
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(GONE);
            assertThat(ofN2.hasBytes()).isFalse();
            // the client says it itself, and the node hears it
            ofN2.send(GONE);
            assertThat(ofN2.readAll()).isEmpty();
        }
    }

    /** Between the two nothing of the client's end is the tunnel's yet: it is to be closed as soon as it is. */
    @Test
    void aNodeThatIsTakenOutBetweenItsWordAndTheTunnelEndsBothSides() throws Exception {
        CompletableFuture<Void> agreed = new CompletableFuture<>();
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED);
                    ClosedSockets.awaitEnd(connection);
                    ended.complete("");
                    connection.close();
                });
                TestProxy proxy = TestProxy.telling(new Pause(agreed, ended), n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED);
            agreed.get(10, TimeUnit.SECONDS);
            proxy.maintain(n1.node());
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            assertThat(client.readToEndOrReset()).isEmpty();
            assertThat(ended).isCompleted();
        }
    }

    @Test
    void whatIsNoWebSocketIsOnlyClosed() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED.replace("websocket", "echo") + "hello");
                    ClosedSockets.awaitEnd(connection);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(ASKED.replace("websocket", "echo")).readUntil("hello");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);

            assertThat(client.readToEndOrReset()).isEmpty();
            stopped.get(10, TimeUnit.SECONDS);
        }
    }
}
