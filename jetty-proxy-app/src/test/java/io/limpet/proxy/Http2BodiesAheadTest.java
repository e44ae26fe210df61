package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that come before anybody reads them, behind a node whose only connection is taken. */
class Http2BodiesAheadTest {

    private static final int FLOW_CONTROL_ERROR = 3;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final String PART = "x".repeat(16 * 1024);

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final SocketNode node = SocketNode.holding(mayAnswer, "ok");
    private final TestProxy proxy = TestProxy.given(
            new GivenSettings()
                    .add(Setting.LIMIT_NODE_CONNECTIONS, "1", "")
                    .add(Setting.LIMIT_NODE_QUEUE_TIME, "60s", ""),
            node.node());
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void takeTheNodesOnlyConnection() throws IOException {
        connect().send(Frame.get(1));
        Awaitility.await().until(() -> node.heads().size() == 1);
    }

    @AfterEach
    void end() throws Exception {
        mayAnswer.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
        proxy.close();
        node.close();
    }

    private FrameClient connect() throws IOException {
        FrameClient client = FrameClient.open(proxy.port(), Duration.ofSeconds(20));
        open.add(client);
        return client;
    }

    private static void post(FrameClient client, int stream, int parts, String part) throws IOException {
        client.send(headers(stream, false, request("POST", "/")));
        for (int i = 0; i < parts; i++) {
            client.send(Frame.data(stream, false, part));
        }
    }

    @Test
    void aBodyComesNoFurtherAheadThan64Kilobytes() throws IOException {
        FrameClient client = connect();
        post(client, 1, 4, PART);
        assertThat(client.isAlive()).isTrue();

        client.send(Frame.data(1, false, PART));

        assertThat(client.await(frame -> frame.type() == Frame.GOAWAY))
                .map(Frame::code)
                .hasValue(FLOW_CONTROL_ERROR);
    }

    @Test
    void allBodiesOfAConnectionComeNoFurtherAheadThanTwiceAsMuch() throws IOException {
        FrameClient client = connect();
        post(client, 1, 4, PART);
        post(client, 3, 4, PART);
        assertThat(client.isAlive()).isTrue();

        post(client, 5, 1, PART);

        assertThat(client.await(frame -> frame.type() == Frame.GOAWAY))
                .map(Frame::code)
                .hasValue(FLOW_CONTROL_ERROR);
    }

    /** Each of them keeps a buffer of its own. */
    @Test
    void whoDribblesBodiesThatNobodyReadsIsCutOff() throws IOException {
        FrameClient client = connect();

        post(client, 1, 1_000, "x");

        // a reset may overtake the word
        assertThat(client.await(frame -> frame.type() == Frame.GOAWAY)
                        .map(Frame::code)
                        .orElse(ENHANCE_YOUR_CALM))
                .isEqualTo(ENHANCE_YOUR_CALM);
        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void whoDribblesWhatIsReadIsLeftInPeace() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        try (SocketNode reading = SocketNode.start("n1", (head, connection) -> {
                    while (taken.get() < 1_000) {
                        taken.addAndGet(connection.getInputStream().read() == 'x' ? 1 : 0);
                    }
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                TestProxy served = TestProxy.over(reading.node());
                FrameClient client = FrameClient.open(served.port(), Duration.ofSeconds(20))) {
            client.send(headers(1, false, request("POST", "/")));
            for (int sent = 250; sent <= 1_000; sent += 250) {
                for (int i = 0; i < 250; i++) {
                    client.send(Frame.data(1, false, "x"));
                }
                int all = sent;
                Awaitility.await().until(() -> taken.get() == all);
            }

            assertThat(client.answer(1).body()).isEqualTo("ok");
            assertThat(client.isAlive()).isTrue();
        }
    }

    /** Of the window that all bodies of a connection share it holds half, and the rest comes back to the others. */
    @Test
    void aBodyThatNobodyTakesDoesNotHoldUpTheOthersOfItsConnection() throws IOException {
        int length = 1024 * 1024;
        try (SocketNode reading = SocketNode.start("n2", (head, connection) -> {
                    connection.getInputStream().readNBytes(length);
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                TestProxy two = TestProxy.given(
                        new GivenSettings()
                                .add(Setting.LIMIT_NODE_CONNECTIONS, "1", "")
                                .add(Setting.LIMIT_NODE_QUEUE_TIME, "60s", ""),
                        node.node(),
                        reading.node());
                FrameClient client = FrameClient.open(two.port(), Duration.ofSeconds(5))) {
            assertThat(client.isAlive()).isTrue(); // the connection's window is open by then
            client.send(headers(1, true, with(request("GET", "/"), "cookie", "JSESSIONID=1.n1")));
            Awaitility.await().until(() -> node.heads().size() == 2);
            client.send(headers(3, false, with(request("POST", "/"), "cookie", "JSESSIONID=1.n1")));
            for (int i = 0; i < 4; i++) {
                client.send(Frame.data(3, false, PART));
            }
            String[] other =
                    with(request("POST", "/"), "cookie", "JSESSIONID=1.n2", "content-length", String.valueOf(length));
            client.send(headers(5, false, other));
            int[] windows = {64 * 1024, 64 * 1024};
            for (int sent = 0; sent < length; sent += PART.length()) {
                while (Math.min(windows[0], windows[1]) < PART.length()) {
                    Frame update = client.await(frame -> frame.type() == Frame.WINDOW_UPDATE)
                            .orElseThrow();
                    windows[update.stream() == 0 ? 0 : 1] += update.code();
                }
                client.send(Frame.data(5, sent + PART.length() == length, PART));
                windows[0] -= PART.length();
                windows[1] -= PART.length();
            }
            assertThat(client.answer(5).body()).isEqualTo("ok");
            client.send(Frame.reset(3, 8));
            mayAnswer.countDown();
        }
    }
}
