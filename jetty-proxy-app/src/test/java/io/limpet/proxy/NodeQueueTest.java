package io.limpet.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node with as many requests as it may have: what comes for its sessions waits, or is told so, and goes nowhere else. */
class NodeQueueTest {

    private static final String ASKED = "GET / HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=4F2A.n1\r\n";

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final SocketNode n1 = SocketNode.holding(mayAnswer, "n1");
    private final RawNode n2 = RawNode.answering("n2");

    private TestProxy proxy(int queue, String time) {
        return TestProxy.given(
                new GivenSettings()
                        .add(Setting.LIMIT_NODE_CONNECTIONS, "1", "")
                        .add(Setting.LIMIT_NODE_QUEUE, Integer.toString(queue), "")
                        .add(Setting.LIMIT_NODE_QUEUE_TIME, time, "")
                        .add(Setting.HEALTH_INTERVAL, "20ms", ""),
                n1.node(),
                n2.node());
    }

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        n1.close();
        n2.close();
    }

    private void awaitTheWord() throws IOException {
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void awaitRequestsAtTheOwner(int count) {
        Awaitility.await().until(() -> n1.heads().size() == count);
    }

    @Test
    void whoFindsTheOwnerFullWaitsForItAndForNoOtherNode() throws IOException {
        try (TestProxy proxy = proxy(10, "20s");
                WireClient first = proxy.client();
                WireClient second = proxy.client()) {
            first.send(ASKED + "\r\n");
            awaitRequestsAtTheOwner(1);
            second.send(ASKED + "\r\n");
            Awaitility.await().until(() -> proxy.queued(n1.node()) == 1);
            mayAnswer.countDown();

            assertThat(first.read().body()).isEqualTo("n1");
            assertThat(second.read().body()).isEqualTo("n1");
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void whoFindsTheQueueFullIsAnswered503AndItsSessionStays() throws IOException {
        try (TestProxy proxy = proxy(0, "20s");
                WireClient first = proxy.client()) {
            first.send(ASKED + "\r\n");
            awaitRequestsAtTheOwner(1);

            RawResponse refused = proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.values("Retry-After")).hasSize(1);
            assertThat(refused.values("Set-Cookie")).isEmpty();

            mayAnswer.countDown();
            assertThat(first.read().body()).isEqualTo("n1");
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void whoWaitsTooLongIsAnswered503() throws IOException {
        try (TestProxy proxy = proxy(10, "50ms");
                WireClient first = proxy.client()) {
            first.send(ASKED + "\r\n");
            awaitRequestsAtTheOwner(1);

            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status()).isEqualTo(503);
            assertThat(n2.requests()).isEmpty();
            mayAnswer.countDown();
        }
    }

    @Test
    void aFullNodeIsNoUnwellNode() throws IOException {
        FaultyNode busy = new FaultyNode("n1", "ready");
        busy.treatNext(NodeFault.SILENCE);
        try (busy;
                TestProxy proxy = TestProxy.given(
                        new GivenSettings()
                                .add(Setting.LIMIT_NODE_CONNECTIONS, "1", "")
                                .add(Setting.LIMIT_NODE_QUEUE, "0", "")
                                .add(Setting.HEALTH_INTERVAL, "10ms", ""),
                        busy.node(),
                        n2.node())) {
            try (WireClient first = proxy.client()) {
                first.send(ASKED + "\r\n");
                Awaitility.await().until(() -> busy.whole() == 1);
                int probes = busy.probes();
                Awaitility.await().until(() -> busy.probes() > probes + 5);

                assertThat(proxy.state(busy.node())).isEqualTo(NodeState.READY);
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status())
                        .isEqualTo(503);
            }
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void aTunnelKeepsNobodyWaiting() throws IOException {
        mayAnswer.countDown();
        try (TestProxy proxy = proxy(0, "20s");
                WireClient tunnel = proxy.client()) {
            tunnel.send(ASKED + "Connection: Upgrade\r\nUpgrade: echo\r\n\r\n").readUntil("\r\n\r\n");

            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
            assertThat(tunnel.send("still here").readUntil("here")).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "012", "0123456789"})
    void whoLeavesTheQueueIsForgottenHoweverMuchOfItsBodyHasCome(String sent) throws IOException {
        try (TestProxy proxy = proxy(10, "20s");
                WireClient first = proxy.client()) {
            first.send(ASKED + "\r\n");
            awaitRequestsAtTheOwner(1);
            for (boolean reset : new boolean[] {true, false}) {
                try (WireClient leaving = proxy.client()) {
                    leaving.send(ASKED.replace("GET", "POST") + "Content-Length: 10\r\n\r\n" + sent);
                    Awaitility.await().until(() -> proxy.inFlight(n1.node()) == 2);
                    if (reset) {
                        leaving.reset();
                    }
                }
                Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> proxy.inFlight(n1.node()) == 1);
            }
            mayAnswer.countDown();
            assertThat(first.read().body()).isEqualTo("n1");
            assertThat(n1.heads()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20_000, 3_000_000})
    void theBodyOfWhoHasWaitedReachesTheNodeWhole(int length) throws Exception {
        String body = "0123456789".repeat(length / 10);
        SocketNode node = SocketNode.start("n1", (head, connection) -> {
            awaitTheWord();
            String got =
                    new String(connection.getInputStream().readNBytes(head.startsWith("POST") ? length : 0), US_ASCII);
            String answer = head.startsWith("GET") || got.equals(body) ? "ok" : "no";
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + answer);
        });
        try (node;
                TestProxy proxy =
                        TestProxy.given(new GivenSettings().add(Setting.LIMIT_NODE_CONNECTIONS, "1", ""), node.node());
                WireClient first = proxy.client()) {
            first.send(ASKED + "\r\n");
            Awaitility.await().until(() -> node.heads().size() == 1);
            CompletableFuture<RawResponse> second = CompletableFuture.supplyAsync(() -> proxy.post("/", body));
            Awaitility.await().until(() -> proxy.inFlight(node.node()) == 2);
            // the patrol looks at it meanwhile
            Awaitility.await().pollDelay(900, TimeUnit.MILLISECONDS).until(() -> true);
            mayAnswer.countDown();
            assertThat(second.get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
        }
    }
}
