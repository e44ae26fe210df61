package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import io.limpet.route.Route;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
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

    private static final int CHANGES = 1_000;
    private static final List<String> SECRETS = List.of("one-secret-of-many", "another-secret-of-many");
    private static final List<String> WAYS = List.of("two-choices", "round-robin", "least-requests", "weighted");
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static ProxySettings settings(SocketNode... nodes) {
        return TestSettings.settings(
                IDLE, List.of(nodes).stream().map(SocketNode::node).toArray(Node[]::new));
    }

    /** Other settings at each change, with one of two secrets before the other. */
    private static ProxySettings varied(int change, SocketNode... nodes) {
        GivenSettings given = new GivenSettings()
                .add(Setting.LISTEN, "127.0.0.1:0", "")
                .add(Setting.ADMIN, "off", "")
                .add(Setting.LANE, TestProxy.LANE.toString(), "")
                .add(Setting.SECRET, SECRETS.get(change % 2) + "," + SECRETS.get(1 - change % 2), "")
                .add(Setting.BALANCE, WAYS.get(change % WAYS.size()), "")
                .add(Setting.SLOW_START, change % 3 + "s", "")
                .add(Setting.HEALTH_INTERVAL, 20 + change % 5 + "ms", "")
                .add(Setting.HEALTH_TIMEOUT, 2 + change % 3 + "s", "")
                .add(Setting.HEALTH_FALL, Integer.toString(3 + change % 2), "")
                .add(Setting.HEALTH_RISE, Integer.toString(1 + change % 2), "")
                .add(Setting.TAKEOVER_RATE, Integer.toString(10_000 * (change % 3)), "")
                .add(Setting.REBALANCE_RATE, Integer.toString(change % 2 * 5), "");
        for (SocketNode node : nodes) {
            given.add(Setting.NODES, node.node() + "=" + node.node().uri() + ",weight=" + (1 + change % 7), "");
        }
        return SettingsReader.read(given);
    }

    /** A session's cookie, as the node writes it. */
    private static String sealed(String session, String node) {
        List<Secret> secrets = SECRETS.stream().map(Secret::new).toList();
        return new SealedRoutes(secrets, List.of(new Route(node))).tag(session, new Route(node));
    }

    private static void awaitReady(TestProxy proxy, SocketNode node) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.state(node.node()) == NodeState.READY);
    }

    @Test
    void noChangeUnderLoadFailsARequestOrMovesASessionThatNeedNot() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger requests = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                SocketNode comes = SocketNode.named("n3");
                SocketNode elsewhere = SocketNode.named("n3");
                TestProxy proxy = TestProxy.with(varied(1, n1, n2))) {
            List<Future<List<String>>> wrong = new ArrayList<>();
            for (String node : List.of("n1", "n2", "n3", "")) {
                String session = node.isEmpty() ? "" : sealed("session", node);
                String served = node.equals("n3") ? "" : node; // which comes and goes
                wrong.add(clients.submit(() -> wrongAnswers(proxy, session, served, over, requests)));
            }
            for (int change = 0; change < CHANGES; change++) {
                SocketNode third = change % 4 == 0 ? comes : elsewhere;
                proxy.apply(change % 2 == 0 ? varied(change, n1, n2, third) : varied(change, n2, n1));
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
            TestProxy proxy, String session, String node, AtomicBoolean over, AtomicInteger requests) {
        List<String> wrong = new ArrayList<>();
        while (!over.get()) {
            RawResponse answer = session.isEmpty() ? proxy.get("/") : proxy.get("/", "Cookie: JSESSIONID=" + session);
            requests.incrementAndGet();
            if (answer.status() != 200 || !answer.servedBy().startsWith(node)) {
                wrong.add(session + ": " + answer.headers());
            }
        }
        return wrong;
    }

    @Test
    void aRequestInsideARemovedNodeEndsThereAndThenItsConnectionsAreClosed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode leaves = SocketNode.start("n2", (head, connection) -> {
                    await().until(() -> answer.getCount() == 0);
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nended");
                });
                TestProxy proxy = TestProxy.over(IDLE, n1.node(), leaves.node())) {
            Future<RawResponse> inside = client.submit(() -> proxy.get("/", "Cookie: JSESSIONID=a.n2"));
            await().until(() -> leaves.heads().size() == 1);

            proxy.apply(settings(n1));
            assertThat(proxy.get("/", "Cookie: JSESSIONID=b.n2").servedBy()).isEqualTo("n1");
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
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                TestProxy proxy = TestProxy.over(IDLE, n1.node(), n2.node())) {
            proxy.apply(settings(n1));

            assertThat(proxy.get("/", "Cookie: JSESSIONID=a.n2").status()).isEqualTo(200);
            assertThat(n1.heads().get(0)).contains("JSESSIONID=a\r\n", "Limpet-Route: takeover;from=n2");
        }
    }

    @Test
    void aNewNodeGetsNoRequestBeforeAProbeHasFoundIt() {
        try (SocketNode n1 = SocketNode.named("n1");
                TestProxy proxy = TestProxy.over(IDLE, n1.node())) {
            SocketNode nobody = SocketNode.named("n2");
            nobody.close();
            proxy.apply(settings(n1, nobody));

            for (int i = 0; i < 20; i++) {
                assertThat(proxy.get("/").servedBy()).isEqualTo("n1");
            }
            assertThat(proxy.state(nobody.node())).isEqualTo(NodeState.DOWN);
        }
    }
}
