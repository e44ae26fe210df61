package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconfigurationTest {

    private static final int CHANGES = Integer.getInteger("limpet.changes", 100);
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static SocketNode node(String name) {
        return SocketNode.start(
                name,
                (head, connection) -> SocketNode.write(
                        connection, "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nContent-Length: 0\r\n\r\n"));
    }

    private static ProxySettings settings(SocketNode... nodes) {
        return TestProxy.settings(
                IDLE, List.of(nodes).stream().map(SocketNode::node).toArray(Node[]::new));
    }

    private static String servedBy(RawResponse answer) {
        return String.join(",", answer.values("Served-By"));
    }

    private static void awaitReady(TestProxy proxy, SocketNode node) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.state(node.node()) == NodeState.READY);
    }

    @Test
    void noChangeUnderLoadFailsARequestOrMovesASessionThatNeedNot() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                SocketNode comes = node("n3");
                SocketNode elsewhere = node("n3");
                TestProxy proxy = TestProxy.over(IDLE, n1.node(), n2.node())) {
            List<Future<List<String>>> wrong = new ArrayList<>();
            for (String session : List.of("a.n1", "b.n2", "c.n3", "")) {
                wrong.add(clients.submit(() -> wrongAnswers(proxy, session, over, requests)));
            }
            for (int change = 0; change < CHANGES; change++) {
                SocketNode third = change % 4 == 0 ? comes : elsewhere;
                proxy.apply(change % 2 == 0 ? settings(n1, n2, third) : settings(n2, n1));
                if (change % 2 == 0) {
                    awaitReady(proxy, third);
                }
                int before = requests.get();
                await().pollInterval(Duration.ofMillis(1)).until(() -> requests.get() > before);
            }
            over.set(true);
            for (Future<List<String>> answers : wrong) {
                assertThat(answers.get(20, TimeUnit.SECONDS)).isEmpty();
            }
            assertThat(requests.get()).isGreaterThanOrEqualTo(CHANGES);
            assertThat(comes.heads()).isNotEmpty();
            assertThat(elsewhere.heads()).isNotEmpty();
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
    }

    /** Sends requests of one session until it is over; answers whatever was not 200, or not of the session's own node. */
    private static List<String> wrongAnswers(
            TestProxy proxy, String session, AtomicBoolean over, AtomicInteger requests) {
        List<String> wrong = new ArrayList<>();
        String node = session.endsWith("n1") || session.endsWith("n2") ? session.substring(2) : "n";
        while (!over.get()) {
            RawResponse answer = session.isEmpty() ? proxy.get("/") : proxy.get("/", "Cookie: JSESSIONID=" + session);
            requests.incrementAndGet();
            if (answer.status() != 200 || !servedBy(answer).startsWith(node)) {
                wrong.add(session + ": " + answer.headers());
            }
        }
        return wrong;
    }

    @Test
    void aRequestInsideARemovedNodeEndsThereAndThenItsConnectionsAreClosed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (SocketNode n1 = node("n1");
                SocketNode leaves = SocketNode.start("n2", (head, connection) -> {
                    await().until(() -> answer.getCount() == 0);
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nended");
                });
                TestProxy proxy = TestProxy.over(IDLE, n1.node(), leaves.node())) {
            Future<RawResponse> inside = client.submit(() -> proxy.get("/", "Cookie: JSESSIONID=a.n2"));
            await().until(() -> leaves.heads().size() == 1);

            proxy.apply(settings(n1));
            assertThat(servedBy(proxy.get("/", "Cookie: JSESSIONID=b.n2"))).isEqualTo("n1");
            answer.countDown();

            assertThat(inside.get(20, TimeUnit.SECONDS).body()).isEqualTo("ended");
            await().until(() -> leaves.openConnections() == 0);
        } finally {
            answer.countDown();
            client.shutdownNow();
        }
    }

    @Test
    void theSessionsOfARemovedNodeAreTakenOverWithoutTheirRoute() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.over(IDLE, n1.node(), n2.node())) {
            proxy.apply(settings(n1));

            assertThat(proxy.get("/", "Cookie: JSESSIONID=a.n2").status()).isEqualTo(200);
            assertThat(n1.heads().get(0)).contains("JSESSIONID=a\r\n", "Limpet-Route: takeover;from=n2");
        }
    }

    @Test
    void aNewNodeGetsNoRequestBeforeAProbeHasFoundIt() {
        try (SocketNode n1 = node("n1");
                TestProxy proxy = TestProxy.over(IDLE, n1.node())) {
            SocketNode nobody = node("n2");
            nobody.close();
            proxy.apply(settings(n1, nobody));

            for (int i = 0; i < 20; i++) {
                assertThat(servedBy(proxy.get("/"))).isEqualTo("n1");
            }
            assertThat(proxy.state(nobody.node())).isEqualTo(NodeState.DOWN);
        }
    }
}
