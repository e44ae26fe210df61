package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Heads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;

/** One connection may have many WebSockets: they count as so many connections, from when they are asked for. */
class WebSocketStreamLimitTest {

    private static final int CANCEL = 8;

    private static TestProxy atMost(String limit, SocketNode node) {
        return TestProxy.given(new GivenSettings().add(Setting.LIMIT_CONNECTIONS, limit, ""), node.node());
    }

    private static FrameClient connect(TestProxy proxy) throws IOException {
        return FrameClient.open(proxy.port(), Duration.ofSeconds(20));
    }

    private static Frame asked(int stream) {
        return headers(stream, false, WebSocketStreamTest.ASKED);
    }

    /** Echoes once it may agree. */
    private static SocketNode slow(CountDownLatch mayAgree) {
        return SocketNode.start("n1", (head, connection) -> {
            await(mayAgree);
            WebSocketStreamTest.echo(head, connection);
        });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Asks on stream after stream: nobody tells when a place is free. */
    private static void awaitPlace(FrameClient client, Http2Heads heads, int firstStream) {
        AtomicInteger stream = new AtomicInteger(firstStream);
        Awaitility.await().until(() -> {
            client.send(asked(stream.getAndAdd(2)));
            int before = heads.statuses().size();
            heads.awaitAnswers(before + 1);
            return heads.statuses().get(before) == 200;
        });
    }

    @Test
    void handshakesUnderWayCountToo() throws Exception {
        CountDownLatch mayAgree = new CountDownLatch(1);
        try (SocketNode node = slow(mayAgree);
                TestProxy proxy = atMost("2", node);
                FrameClient client = connect(proxy)) {
            for (int stream = 1; stream < 20; stream += 2) {
                client.send(asked(stream));
            }
            Http2Heads heads = new Http2Heads(client);
            heads.awaitAnswers(8);
            assertThat(heads.statuses()).containsOnly(503);
            assertThat(heads.fields()).allMatch(fields -> fields.contains(HttpHeader.RETRY_AFTER));
            mayAgree.countDown();
            heads.awaitAnswers(10);
            assertThat(heads.statuses()).filteredOn(status -> status == 200).hasSize(2);
            assertThat(node.heads()).hasSize(2);
        } finally {
            mayAgree.countDown();
        }
    }

    @Test
    void aTunnelThatEndsGivesItsPlaceBack() throws Exception {
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo);
                TestProxy proxy = atMost("1", node);
                FrameClient client = connect(proxy)) {
            Http2Heads heads = new Http2Heads(client);
            client.send(asked(1));
            heads.awaitAnswers(1);
            client.send(asked(3));
            heads.awaitAnswers(2);
            client.send(Frame.data(1, true, ""));
            assertThat(heads.statuses()).containsExactly(200, 503);
            awaitPlace(client, heads, 5);
        }
    }

    @Test
    void soDoesAHandshakeThatTheNodeRefuses() throws Exception {
        try (SocketNode node = SocketNode.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno");
                TestProxy proxy = atMost("1", node);
                FrameClient client = connect(proxy)) {
            Http2Heads heads = new Http2Heads(client);
            for (int i = 0; i < 5; i++) {
                int stream = 2 * i + 1;
                client.send(asked(stream));
                client.await(frame -> {
                    heads.reads(frame);
                    return frame.stream() == stream && frame.has(Frame.END_STREAM);
                });
            }
            assertThat(heads.statuses()).containsExactly(403, 403, 403, 403, 403);
        }
    }

    @Test
    void soDoesAHandshakeThatItsClientResets() throws Exception {
        CountDownLatch mayAgree = new CountDownLatch(1);
        try (SocketNode node = slow(mayAgree);
                TestProxy proxy = atMost("1", node);
                FrameClient client = connect(proxy)) {
            client.send(asked(1));
            Awaitility.await().until(() -> !node.heads().isEmpty());
            client.send(Frame.reset(1, CANCEL));
            mayAgree.countDown();
            awaitPlace(client, new Http2Heads(client), 3);
        } finally {
            mayAgree.countDown();
        }
    }

    @Test
    void soDoesAHandshakeWhoseNodeIsGone() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> connection.close());
                TestProxy proxy = atMost("1", node);
                FrameClient client = connect(proxy)) {
            Http2Heads heads = new Http2Heads(client);
            for (int stream = 1; stream < 6; stream += 2) {
                client.send(asked(stream));
            }
            heads.awaitAnswers(3);
            assertThat(node.heads()).isNotEmpty();
            assertThat(heads.statuses()).allMatch(status -> status == 502 || status == 503);
            assertThat(client.isAlive()).isTrue();
        }
    }
}
