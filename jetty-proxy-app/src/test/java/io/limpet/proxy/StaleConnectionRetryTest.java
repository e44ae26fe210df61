package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Where a request goes that meets the end of a pooled connection: each node here resets every second request on one. */
class StaleConnectionRetryTest {

    private static final int TIMES = 60;

    /** More than one request after the other has, which comes when the one before may not have left its connection. */
    private static final int FEW = 4;

    private final Set<Socket> used = ConcurrentHashMap.newKeySet();

    private SocketNode node(String name) {
        return SocketNode.start(name, this::serve);
    }

    private void serve(String head, Socket connection) throws IOException {
        if (used.add(connection)) {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            return;
        }
        connection.setSoLinger(true, 0);
        connection.close();
    }

    private static void askFor(TestProxy proxy, String... lines) {
        for (int i = 0; i < TIMES; i++) {
            assertThat(proxy.get("/" + i, lines).status()).isEqualTo(200);
        }
    }

    /** How often this request has come to the node. */
    private static long times(SocketNode node, int i) {
        return node.heads().stream()
                .filter(head -> head.startsWith("GET /" + i + " "))
                .count();
    }

    @Test
    void withoutASessionItGoesToAnotherNodeAndToNoneTwice() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            askFor(proxy);
            for (int i = 0; i < TIMES; i++) {
                assertThat(times(n1, i)).isLessThanOrEqualTo(1);
                assertThat(times(n2, i)).isLessThanOrEqualTo(1);
            }
            assertThat(n1.heads().size() + n2.heads().size()).isGreaterThan(TIMES);
        }
    }

    @Test
    void whereThereIsNoOtherItGoesThereOnceMore() {
        try (SocketNode n1 = node("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            askFor(proxy);
            assertThat(n1.heads()).hasSizeGreaterThan(TIMES);
            for (int i = 0; i < TIMES; i++) {
                assertThat(times(n1, i)).isBetween(1L, 2L);
            }
        }
    }

    @Test
    void whenTheOtherRefusesItGoesBack() throws Exception {
        try (SocketNode n1 = node("n1");
                FaultyNode n2 = new FaultyNode("n2", "ready")) {
            Node first = new Node(n1.node().route(), n1.node().uri(), Tagging.LIMPET, 100);
            try (TestProxy proxy = TestProxy.over(first, n2.node())) {
                Awaitility.await().until(() -> n2.probes() == 1);
                assertThat(proxy.get("/0").status()).isEqualTo(200);
                n2.refuse();
                assertThat(proxy.get("/1").status()).isEqualTo(200);
                assertThat(times(n1, 1)).isEqualTo(2);
                assertThat(n2.begun()).isZero();
            }
        }
    }

    /** What is full is asked for nothing: of the first, which is well, it would be a 503. */
    @Test
    void whenTheOtherIsFullItGoesBack() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        GivenSettings few = new GivenSettings()
                .add(Setting.BALANCE, "least-requests", "")
                .add(Setting.LIMIT_NODE_CONNECTIONS, Integer.toString(FEW), "")
                .add(Setting.LIMIT_NODE_QUEUE, "0", "");
        try (SocketNode full = SocketNode.holding(mayAnswer, "full");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.given(few, full.node(), n2.node())) {
            List<CompletableFuture<RawResponse>> held = IntStream.range(0, FEW)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> proxy.get("/", "Cookie: JSESSIONID=4F2A.n1")))
                    .toList();
            Awaitility.await().until(() -> full.heads().size() == FEW);
            askFor(proxy);
            assertThat(n2.heads()).hasSizeGreaterThan(TIMES);
            assertThat(full.heads()).hasSize(FEW);
            mayAnswer.countDown();
            assertThat(held).allSatisfy(it -> assertThat(it.join().body()).isEqualTo("full"));
        } finally {
            mayAnswer.countDown();
        }
    }

    /** Nothing is sent there: the network does not carry connections to a broadcast address. */
    @Test
    void whenTheOtherCannotBeSentToItGoesBack() {
        Node other = new Node(new Route("n2"), URI.create("http://127.255.255.255:9"));
        try (SocketNode n1 = node("n1")) {
            Node first = new Node(n1.node().route(), n1.node().uri(), Tagging.LIMPET, 100);
            try (TestProxy proxy = TestProxy.over(first, other)) {
                askFor(proxy);
                assertThat(proxy.state(other)).isEqualTo(NodeState.READY);
                assertThat(n1.heads()).hasSizeGreaterThan(TIMES);
            }
        }
    }

    /** Else a node whose connections end would be drawn as if it had begun sessions that others have. */
    @Test
    void whereItWasNotServedNoSessionIsReckonedWith() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            Awaitility.await().until(() -> proxy.isProbed(n1.node()) && proxy.isProbed(n2.node()));
            askFor(proxy);
            assertThat(n1.heads().size() + n2.heads().size()).isGreaterThan(TIMES);
            // each answer says that it has begun none
            assertThat(proxy.fresh(n1.node())).isZero();
            assertThat(proxy.fresh(n2.node())).isZero();
        }
    }

    @Test
    void aSessionStaysOnItsNode() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            askFor(proxy, "Cookie: JSESSIONID=4F2A.n1");
            assertThat(n1.heads()).hasSizeGreaterThan(TIMES);
            assertThat(n2.heads()).isEqualTo(List.of());
        }
    }
}
