package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.data;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Test;

/** Requests in HTTP/2 mean the same to a node as they do in HTTP/1.1, and so do its answers (RFC 9113 §8). */
class Http2ConversationTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static FrameClient connect(TestProxy proxy) throws IOException {
        return FrameClient.open(proxy.port(), Duration.ofSeconds(20));
    }

    private static Http2Answer ask(SocketNode node, Frame... frames) throws IOException {
        try (TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            return client.send(frames).answer(1);
        }
    }

    private static SocketNode reading(String end) {
        return SocketNode.start("n1", (head, connection) -> {
            String body = SocketNode.readUntil(connection.getInputStream(), end);
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
    }

    @Test
    void aBodyWithoutALengthReachesTheNodeInChunks() throws IOException {
        try (SocketNode node = reading("0\r\n\r\n")) {
            Http2Answer answer =
                    ask(node, headers(1, false, request("POST", "/")), data(1, false, "abc"), data(1, true, "def"));

            assertThat(answer.body().replaceAll("[0-9]\r\n|\r\n", "")).isEqualTo("abcdef");
            assertThat(node.heads()).singleElement().asString().contains("\r\nTransfer-Encoding: chunked\r\n");
        }
    }

    @Test
    void aBodyWithALengthReachesTheNodeWithIt() throws IOException {
        try (SocketNode node = reading("abcdef")) {
            String[] post = with(request("POST", "/"), "content-length", "6");
            assertThat(ask(node, headers(1, false, post), data(1, true, "abcdef"))
                            .body())
                    .isEqualTo("abcdef");
            assertThat(node.heads()).singleElement().asString().doesNotContain("Transfer-Encoding");
        }
    }

    @Test
    void trailersOfARequestReachTheNode() throws IOException {
        try (SocketNode node = reading("x-check: 42\r\n\r\n")) {
            Http2Answer answer = ask(
                    node,
                    headers(1, false, request("POST", "/")),
                    data(1, false, "abc"),
                    headers(1, true, "x-check", "42", "cookie", "JSESSIONID=4F2A"));

            assertThat(answer.body()).isEqualTo("3\r\nabc\r\n0\r\nx-check: 42\r\n\r\n");
        }
    }

    @Test
    void trailersOfAnAnswerReachTheClient() throws IOException {
        try (SocketNode node = SocketNode.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Check: 42\r\n\r\n")) {
            Http2Answer answer = ask(node, Frame.get(1));

            assertThat(answer.body()).isEqualTo("abc");
            assertThat(answer.trailers().get("x-check")).isEqualTo("42");
            assertThat(answer.fields().contains("transfer-encoding")).isFalse();
        }
    }

    @Test
    void whatComesBeforeTheAnswerIsRelayed() throws IOException {
        try (SocketNode node =
                SocketNode.answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" + OK)) {
            assertThat(ask(node, Frame.get(1)).statuses()).containsExactly(103, 200);
        }
    }

    @Test
    void aClientThatWaitsFor100GetsTheNodes() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, "HTTP/1.1 100 Continue\r\n\r\n");
                    SocketNode.readUntil(connection.getInputStream(), "0\r\n\r\n");
                    go.countDown();
                    SocketNode.write(connection, OK);
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(headers(1, false, with(request("POST", "/"), "expect", "100-continue")));
            assertThat(client.await(frame -> frame.type() == Frame.HEADERS)).isPresent();
            assertThat(go.getCount()).isEqualTo(1);
            client.send(data(1, true, "abc"));
            assertThat(client.await(frame -> frame.type() == Frame.HEADERS && go.getCount() == 0))
                    .isPresent();
        }
    }

    /** How long it takes until a node that waits is told that its client has given up; in milliseconds. */
    private static long toldAfter(Frame... frames) throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    arrived.release();
                    ClosedSockets.awaitEnd(connection);
                    told.release();
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(frames);
            assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            long from = System.nanoTime();
            client.send(Frame.reset(1, 8));
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        }
    }

    @Test
    void aClientThatGivesUpIsPassedOnWithinASecond() throws Exception {
        assertThat(toldAfter(Frame.get(1))).isLessThan(1_000);
        assertThat(toldAfter(headers(1, false, request("POST", "/")), data(1, false, "half")))
                .isLessThan(1_000);
    }

    @Test
    void aNodeThatBreaksOffIsPassedOnWithinASecond() throws IOException {
        long[] cut = new long[1];
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok");
            cut[0] = System.nanoTime();
            connection.close();
        })) {
            Http2Answer answer = ask(node, Frame.get(1));

            assertThat(answer.whole()).isFalse();
            assertThat(answer.reset()).isPositive();
            assertThat(System.nanoTime() - cut[0]).isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void anEventArrivesBeforeTheNextIsSent() throws Exception {
        Semaphore seen = new Semaphore(0);
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(
                            connection,
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 5; i++) {
                        SocketNode.write(connection, "9\r\ndata: " + i + "\n\n\r\n");
                        seen.acquireUninterruptibly();
                    }
                    SocketNode.write(connection, "0\r\n\r\n");
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(Frame.get(1));
            for (int i = 0; i < 5; i++) {
                String event = client.await(frame -> frame.type() == Frame.DATA)
                        .map(frame -> new String(frame.payload(), StandardCharsets.US_ASCII))
                        .orElse("");
                assertThat(event).isEqualTo("data: " + i + "\n\n");
                seen.release();
            }
            assertThat(client.answer(1).whole()).isTrue();
        }
    }

    @Test
    void cookiesInFieldsOfTheirOwnAreOneFieldForTheNode() throws IOException {
        try (SocketNode node = SocketNode.answering(OK)) {
            ask(node, headers(1, true, with(GET, "cookie", "a=b", "cookie", "JSESSIONID=4F2A.n1", "cookie", "c=d")));

            assertThat(node.heads())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("\r\nCookie: a=b; JSESSIONID=4F2A; c=d\r\n")
                    .contains("\r\nLimpet-Route: owner\r\n");
        }
    }

    @Test
    void theAuthorityIsTheHost() throws IOException {
        String[] hostOnly = {":method", "GET", ":scheme", "http", ":path", "/", "host", "other.example"};
        try (SocketNode node = SocketNode.answering(OK)) {
            assertThat(ask(node, Frame.get(1)).status()).isEqualTo(200);
            assertThat(ask(node, headers(1, true, hostOnly)).status()).isEqualTo(200);
            assertThat(ask(node, headers(1, true, with(GET, "host", "shop.example")))
                            .status())
                    .isEqualTo(200);

            assertThat(node.heads()).hasSize(3);
            assertThat(node.heads().get(0)).contains("\r\nHost: shop.example\r\n");
            assertThat(node.heads().get(1)).containsIgnoringCase("\r\nHost: other.example\r\n");
            assertThat(node.heads().get(2).lines().filter(line -> line.regionMatches(true, 0, "host:", 0, 5)))
                    .hasSize(1);
        }
    }

    @Test
    void ofTeOnlyTrailersPass() throws IOException {
        try (SocketNode node = SocketNode.answering(OK)) {
            assertThat(ask(node, headers(1, true, with(GET, "te", "trailers"))).status())
                    .isEqualTo(200);
            assertThat(node.heads()).singleElement().asString().contains("\r\nTE: trailers\r\nConnection: TE\r\n");
        }
    }

    @Test
    void anAnswerWithoutABodyEndsTheStreamAndKeepsItsLength() throws IOException {
        try (SocketNode node =
                SocketNode.answering("HTTP/1.1 200 OK\r\nContent-Length: 77\r\nConnection: close\r\n\r\n")) {
            Http2Answer answer = ask(node, headers(1, true, request("HEAD", "/")));

            assertThat(answer.whole()).isTrue();
            assertThat(answer.fields().getFields("content-length"))
                    .extracting(HttpField::getValue)
                    .containsExactly("77");
            assertThat(answer.fields().contains("connection")).isFalse();
        }
    }
}
