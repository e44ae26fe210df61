package io.limpet.proxy;

import static io.limpet.proxy.WebSocketStreamTest.agreed;
import static io.limpet.proxy.WebSocketStreamTest.said;
import static io.limpet.proxy.http2.Frame.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How WebSockets in streams of HTTP/2 end, and that they take no more than is read from them. */
class WebSocketStreamEndsTest {

    private static final int INITIAL_WINDOW = 4;
    private static final int CANCEL = 8;
    private static final String HELLO = "\u0081\u0005hello";
    private static final String GOING_AWAY = "\u0088\u0002\u0003\u00e9";

    /** What a client answers, masked with zeros (RFC 6455 §5.5.1). */
    private static final String GONE = "\u0088\u0082\0\0\0\0\u0003\u00e9";

    private final CompletableFuture<String> heard = new CompletableFuture<>();

    /** Greets, and hears its client to the end. */
    private void greet(String head, Socket connection) throws IOException {
        SocketNode.write(connection, agreed(head, "") + HELLO);
        heard.complete(hearToTheEnd(connection));
        connection.close();
    }

    private static String hearToTheEnd(Socket connection) throws IOException {
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static FrameClient connect(TestProxy proxy, Frame... more) throws IOException {
        FrameClient client = new FrameClient(proxy.port(), Duration.ofSeconds(20));
        client.greet(more);
        return client;
    }

    private static Frame asked(int stream) {
        return headers(stream, false, WebSocketStreamTest.ASKED);
    }

    private static String text(Frame frame) {
        return new String(frame.payload(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void whoDoesNotLeaveWhenAskedToIsReset() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, agreed(head, "") + HELLO);
                    ClosedSockets.awaitEnd(connection);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy, Frame.settings(INITIAL_WINDOW, 0))) {
            // the first never takes a byte, the second does not answer
            client.send(asked(1), asked(3), Frame.window(3, 10_000));
            client.await(frame -> frame.stream() == 3 && frame.type() == Frame.DATA);
            long begun = System.nanoTime();
            proxy.maintain(node.node());
            StringBuilder said = new StringBuilder();
            Set<Integer> reset = new HashSet<>();
            client.await(frame -> {
                if (frame.type() == Frame.DATA) {
                    said.append(text(frame));
                }
                if (frame.type() == Frame.RST_STREAM) {
                    assertThat(frame.code()).isEqualTo(CANCEL);
                    reset.add(frame.stream());
                }
                return reset.size() == 2;
            });
            assertThat(reset).containsExactlyInAnyOrder(1, 3);
            assertThat(said.toString()).isEqualTo(GOING_AWAY);
            // five and a round of the patrol's, and what else the machine does
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(9));
            assertThat(client.isAlive()).isTrue();
        }
    }

    /** The stream is the tunnel's only once the server has the request back. */
    @Test
    void aNodeThatIsTakenOutBetweenItsWordAndTheTunnelEndsBothSides() throws Exception {
        CompletableFuture<Void> agreed = new CompletableFuture<>();
        try (SocketNode node = SocketNode.start("n1", this::hear);
                TestProxy proxy = TestProxy.telling(new Pause(agreed, heard), node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            agreed.get(10, TimeUnit.SECONDS);
            proxy.maintain(node.node());
            assertThat(client.await(frame -> frame.type() == Frame.RST_STREAM)
                            .orElseThrow()
                            .code())
                    .isEqualTo(CANCEL);
            assertThat(heard).isCompletedWithValue("");
            assertThat(client.isAlive()).isTrue();
        }
    }

    /** Agrees, and hears its client to the end. */
    private void hear(String head, Socket connection) throws IOException {
        SocketNode.write(connection, agreed(head, ""));
        heard.complete(hearToTheEnd(connection));
        connection.close();
    }

    @Test
    void whoLeavesWhenAskedToIsHeardByItsNode() throws Exception {
        try (SocketNode node = SocketNode.start("n1", this::greet);
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            client.await(frame -> frame.type() == Frame.DATA);
            proxy.maintain(node.node());
            Frame farewell = client.await(frame -> frame.type() == Frame.DATA).orElseThrow();
            assertThat(text(farewell)).isEqualTo(GOING_AWAY);
            client.send(Frame.data(1, true, GONE));
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(GONE);
            assertThat(client.await(frame -> frame.stream() == 1
                                    && (frame.has(Frame.END_STREAM) || frame.type() == Frame.RST_STREAM))
                            .orElseThrow()
                            .type())
                    .isEqualTo(Frame.DATA);
        }
    }

    @Test
    void whereNoByteHasPassedForTooLongTheStreamIsReset() throws Exception {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMillis(700));
        try (SocketNode node = SocketNode.start("n1", this::greet);
                TestProxy proxy = TestProxy.over(timeouts, node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            assertThat(client.await(frame -> frame.type() == Frame.RST_STREAM)
                            .orElseThrow()
                            .code())
                    .isEqualTo(CANCEL);
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEmpty();
            assertThat(client.isAlive()).isTrue();
        }
    }

    /** Neither the requests' nor the stream's own counts, which Jetty has begun with, five seconds longer than theirs. */
    @Test
    void aTunnelThatIsQuietOutlivesTheIdleTimeOfRequestsAndStreams() throws Exception {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1));
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo);
                SocketNode silent = SocketNode.start("n2", (head, connection) -> ClosedSockets.awaitEnd(connection));
                TestProxy proxy = TestProxy.over(timeouts, node.node(), silent.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            client.await(frame -> frame.type() == Frame.HEADERS);
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(7)) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=1.n2").status()).isEqualTo(504);
            }
            client.send(Frame.data(1, true, "still here"));
            assertThat(client.await(frame -> frame.type() == Frame.DATA || frame.type() == Frame.RST_STREAM))
                    .hasValueSatisfying(frame -> assertThat(text(frame)).isEqualTo("still here"));
        }
    }

    @Test
    void whenTheNodeHasSaidAllItStillHears() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, agreed(head, "") + HELLO);
                    connection.shutdownOutput();
                    heard.complete(hearToTheEnd(connection));
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            client.await(frame -> frame.stream() == 1 && frame.has(Frame.END_STREAM));
            client.send(Frame.data(1, false, "still "));
            assertThat(client.isAlive()).isTrue();
            client.send(Frame.data(1, true, "here"));
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("still here");
        }
    }

    @Test
    void aNodeThatBreaksOffResetsTheStreamAndNotTheConnection() throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, agreed(head, "") + "hello");
                    heard.join(); // a connection that is reset at once may take what was written with it
                    connection.setSoLinger(true, 0);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            assertThat(said(client, 5)).isEqualTo("hello");
            heard.complete(null);
            // how a connection has ended nobody may tell before it is written to
            Frame end = client.await(frame -> frame.type() == Frame.RST_STREAM || frame.has(Frame.END_STREAM))
                    .orElseThrow();
            if (end.type() != Frame.RST_STREAM) {
                client.send(Frame.data(1, false, "anybody?"));
                end = client.await(frame -> frame.type() == Frame.RST_STREAM).orElseThrow();
            }
            assertThat(end.code()).isEqualTo(CANCEL);
            assertThat(client.isAlive()).isTrue();
        }
    }

    @Test
    void aClientThatResetsItsStreamIsHeardOfByTheNode() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, agreed(head, "") + "hello");
                    ClosedSockets.awaitEnd(connection);
                    ended.complete(null);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            assertThat(said(client, 5)).isEqualTo("hello");
            client.send(Frame.reset(1, CANCEL));
            ended.get(20, TimeUnit.SECONDS);
            assertThat(client.isAlive()).isTrue();
        }
    }

    @Test
    void aProxyThatStopsSaysSoBetweenTwoFrames() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, agreed(head, "") + "\u0081\u0005hello");
                    ClosedSockets.awaitEnd(connection);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            assertThat(said(client, 7)).endsWith("hello");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(proxy::stop);
            assertThat(said(client, 4)).isEqualTo("\u0088\u0002\u0003\u00e9");
            client.send(Frame.data(1, true, "\u0088\u0082\0\0\0\0\u0003\u00e9"));
            stopped.get(20, TimeUnit.SECONDS);
        }
    }

    /** A window of 64 KB is sixty times too small for it: the proxy opens it as the node takes the bytes. */
    @Test
    void fourMegabytesThatWaitForNoAnswerComeBackUnchanged() throws Exception {
        byte[] sent = new byte[4 * 1024 * 1024];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + (i >> 13));
        }
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo);
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            int[] windows = {65_535, 65_535};
            client.await(frame -> {
                if (frame.type() == Frame.WINDOW_UPDATE) {
                    windows[frame.stream()] += frame.code();
                }
                return frame.type() == Frame.HEADERS;
            });
            int next = 0;
            while (back.size() < sent.length) {
                int length = Math.min(Math.min(windows[0], windows[1]), Math.min(16_384, sent.length - next));
                if (length > 0) {
                    byte[] part = Arrays.copyOfRange(sent, next, next + length);
                    client.send(new Frame(Frame.DATA, 0, 1, part));
                    next += length;
                    windows[0] -= length;
                    windows[1] -= length;
                    continue;
                }
                Frame frame = client.next().orElseThrow();
                if (frame.type() == Frame.WINDOW_UPDATE) {
                    windows[frame.stream()] += frame.code();
                }
                if (frame.type() == Frame.DATA && frame.payload().length > 0) {
                    back.writeBytes(frame.payload());
                    client.send(Frame.window(0, frame.payload().length), Frame.window(1, frame.payload().length));
                }
            }
            assertThat(back.toByteArray()).isEqualTo(sent);
        }
    }
}
