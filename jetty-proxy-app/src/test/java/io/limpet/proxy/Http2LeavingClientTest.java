package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.headers;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Heads;
import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client over HTTP/2 that leaves at any moment: its node is told, and nothing of it is counted afterwards. */
class Http2LeavingClientTest {

    private static final int TIMES = 200;
    private static final int CANCEL = 8;
    private static final int PLACES = 20;

    /** The proxy says so within a second; that the machine may do something else meanwhile is the rest. */
    private static final long TOLD_AFTER_MILLIS = 2_000;

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore told = new Semaphore(0);

    /** What is left by its client. */
    enum Asked {
        PAGE,
        UPLOAD,
        WEBSOCKET;

        Frame[] on(int stream) {
            return switch (this) {
                case PAGE -> new Frame[] {Frame.get(stream)};
                case UPLOAD -> new Frame[] {headers(stream, false, Frame.request("POST", "/"))};
                case WEBSOCKET -> new Frame[] {headers(stream, false, WebSocketStreamTest.ASKED)};
            };
        }
    }

    private static FrameClient connect(TestProxy proxy) throws IOException {
        return FrameClient.open(proxy.port(), Duration.ofSeconds(20));
    }

    /** From none to half a millisecond: as long as a request takes to its node, and its node to agree. */
    private static void rest(int i) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(i * 500L / TIMES));
    }

    private SocketNode silent() {
        return SocketNode.waitingBehind("", arrived, told);
    }

    /** A node that agrees at once, and then is silent. */
    private SocketNode agreeing() {
        return SocketNode.start("n1", (head, connection) -> {
            arrived.release();
            if (head.contains("Upgrade: websocket")) {
                SocketNode.write(connection, WebSocketStreamTest.agreed(head, ""));
            }
            ClosedSockets.awaitEnd(connection);
            told.release();
            connection.close();
        });
    }

    /** Of all requests that have come to the node, each has ended there. */
    private void assertTold() {
        long from = System.nanoTime();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .until(() -> told.availablePermits() == arrived.availablePermits());
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from)).isLessThan(TOLD_AFTER_MILLIS);
    }

    @ParameterizedTest
    @EnumSource(Asked.class)
    void whoResetsItsStreamIsNoticed(Asked asked) throws Exception {
        try (SocketNode node = silent();
                TestProxy proxy = TestProxy.over(node.node())) {
            for (int i = 0; i < TIMES; i++) {
                // a connection bears a hundred resets in a second, and no more
                try (FrameClient client = connect(proxy)) {
                    client.send(asked.on(1));
                    rest(i);
                    client.send(Frame.reset(1, CANCEL));
                    assertThat(client.isAlive()).isTrue();
                    if (i % 20 == 19) {
                        assertTold();
                    }
                }
            }
            assertThat(arrived.availablePermits()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(Asked.class)
    void whoClosesItsConnectionIsNoticed(Asked asked) throws Exception {
        try (SocketNode node = silent();
                TestProxy proxy = TestProxy.over(node.node())) {
            for (int i = 0; i < TIMES; i++) {
                try (FrameClient client = connect(proxy)) {
                    client.send(asked.on(1));
                    rest(i);
                }
                if (i % 20 == 19) {
                    assertTold();
                }
            }
            assertTold();
            assertThat(arrived.availablePermits()).isPositive();
        }
    }

    /** The server lets such an end fall, where it has a thread for the servlet besides that which reads. */
    @ParameterizedTest
    @MethodSource("ways")
    void whoLeavesOnItsWayIntoTheServletIsNoticed(Asked asked, boolean closes) throws Exception {
        Semaphore begun = new Semaphore(0);
        Semaphore mayGoOn = new Semaphore(0);
        Journal slow = new Journal() {
            @Override
            public void begun() {
                begun.release();
                mayGoOn.acquireUninterruptibly();
            }

            @Override
            public void finished(Finished request) {
                // counted by others
            }
        };
        try (SocketNode node = silent();
                EitherProxy proxy = EitherProxy.limpet(node.node(), slow);
                FrameClient client = FrameClient.open(proxy.uri().getPort(), Duration.ofSeconds(20));
                FrameClient other = FrameClient.open(proxy.uri().getPort(), Duration.ofSeconds(20))) {
            client.send(asked.on(1));
            assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            leave(client, closes);
            mayGoOn.release(2);
            // who stays is served meanwhile
            other.send(Frame.get(1));
            assertThat(begun.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .until(() -> arrived.availablePermits() >= 1
                            && told.availablePermits() == arrived.availablePermits() - 1);
            other.send(Frame.reset(1, CANCEL));
            assertTold();
        } finally {
            mayGoOn.release(2);
        }
    }

    private static void leave(FrameClient client, boolean closes) throws IOException {
        if (closes) {
            client.close();
            return;
        }
        client.send(Frame.reset(1, CANCEL));
        assertThat(client.isAlive()).isTrue();
    }

    static Stream<Arguments> ways() {
        return Stream.of(Asked.values())
                .flatMap(asked -> Stream.of(Arguments.of(asked, false), Arguments.of(asked, true)));
    }

    /** Around the 101 of the node and the 200 of the proxy, where two threads and a tunnel meet. */
    @Test
    void whoLeavesWhileItsTunnelBeginsCostsNoPlace() throws Exception {
        GivenSettings few = new GivenSettings()
                .add(Setting.LIMIT_CONNECTIONS, "" + PLACES, "")
                .add(Setting.LIMIT_NODE_CONNECTIONS, "2", "");
        try (SocketNode node = agreeing();
                TestProxy proxy = TestProxy.given(few, node.node())) {
            for (int i = 0; i < TIMES; i++) {
                try (FrameClient client = connect(proxy)) {
                    client.send(Asked.WEBSOCKET.on(1));
                    rest(4 * i);
                    client.send(Frame.reset(1, CANCEL));
                    assertThat(client.isAlive()).isTrue();
                    if (i % 10 == 9) {
                        assertTold();
                    }
                }
            }
            assertTold();
            try (FrameClient client = connect(proxy)) {
                Http2Heads heads = new Http2Heads(client);
                for (int i = 0; i < PLACES; i++) {
                    client.send(Asked.WEBSOCKET.on(2 * i + 1));
                }
                heads.awaitAnswers(PLACES);
                assertThat(heads.statuses()).hasSize(PLACES).containsOnly(200);
                client.send(Asked.WEBSOCKET.on(2 * PLACES + 1));
                heads.awaitAnswers(PLACES + 1);
                assertThat(heads.statuses().get(PLACES)).isEqualTo(503);
            }
            assertTold();
        }
    }

    /** Neither who waits, nor who still sends, nor who has a part of its answer while it does: the patrol comes by often. */
    @Test
    void whoStaysIsTakenForNobodyWhoHasLeft() throws Exception {
        GivenSettings three = new GivenSettings()
                .add(Setting.LIMIT_NODE_CONNECTIONS, "3", "")
                .add(Setting.LIMIT_NODE_QUEUE_TIME, "2s", "");
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (SocketNode node = answeringLate(mayEnd);
                TestProxy proxy = TestProxy.given(three, node.node());
                FrameClient client = connect(proxy)) {
            client.send(Frame.get(1));
            client.send(headers(3, false, Frame.request("POST", "/")), Frame.data(3, false, "a"));
            client.send(headers(5, false, Frame.request("POST", "/early")), Frame.data(5, false, "a"));
            Awaitility.await().until(() -> node.heads().size() == 3);
            // the fourth is told after eight rounds that there is no connection for it
            assertThat(proxy.get("/").status()).isEqualTo(503);
            client.send(Frame.data(3, true, "b"), Frame.data(5, true, "b"));
            mayEnd.countDown();
            Http2Heads heads = new Http2Heads(client);
            Set<Integer> ended = new HashSet<>();
            client.await(frame -> {
                assertThat(frame.type()).isNotEqualTo(Frame.RST_STREAM);
                heads.reads(frame);
                if (frame.stream() > 0 && frame.type() != Frame.WINDOW_UPDATE && frame.has(Frame.END_STREAM)) {
                    ended.add(frame.stream());
                }
                return ended.size() == 3;
            });
            assertThat(ended).containsExactlyInAnyOrder(1, 3, 5);
            assertThat(heads.statuses()).containsExactly(200, 200, 200);
        }
    }

    /** It answers when it may; what is asked for early it has begun to answer before. */
    private static SocketNode answeringLate(CountDownLatch mayEnd) {
        return SocketNode.start("n1", (head, connection) -> {
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
            if (head.contains(" /early ")) {
                SocketNode.write(connection, answer + "o");
                answer = "";
            }
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            SocketNode.write(connection, answer.isEmpty() ? "k" : answer + "ok");
            ClosedSockets.awaitEnd(connection);
            connection.close();
        });
    }
}
