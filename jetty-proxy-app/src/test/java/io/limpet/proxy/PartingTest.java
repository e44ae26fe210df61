package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Node n1 drains without failover, and has the session LIVE alone; node n2 is ready. */
class PartingTest {

    private static final String STATUS = "/app/limpet/status";
    private static final String LIVE = "Cookie: JSESSIONID=LIVE.n1";
    private static final String DEAD = "Cookie: JSESSIONID=DEAD.n1";
    private static final String LOST =
            "HTTP/1.1 421 Misdirected Request\r\nLimpet-Session: lost\r\nContent-Length: 0\r\n\r\n";

    private final AtomicInteger sessions = new AtomicInteger(1);

    private SocketNode node(String name) {
        return SocketNode.start(name, (head, connection) -> {
            if (head.startsWith("GET " + STATUS + " ")) {
                String status = "{\"node\":\"" + name + "\",\"state\":\"ready\",\"sessions\":" + sessions.get() + "}";
                SocketNode.write(
                        connection, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
                return;
            }
            boolean leaves = head.contains("Limpet-Route: owner;leaving\r\n") && !head.contains("JSESSIONID=LIVE");
            SocketNode.write(
                    connection,
                    leaves ? LOST : "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nContent-Length: 0\r\n\r\n");
        });
    }

    private static TestProxy draining(SocketNode n1, SocketNode... others) {
        GivenSettings probed =
                new GivenSettings().add(Setting.HEALTH_PATH, STATUS, "").add(Setting.HEALTH_INTERVAL, "20ms", "");
        TestProxy proxy = others.length == 0
                ? TestProxy.given(probed, n1.node())
                : TestProxy.given(probed, n1.node(), others[0].node());
        proxy.drain(n1.node());
        await().until(() -> proxy.state(n1.node()) == NodeState.DRAINING
                && Arrays.stream(others).allMatch(other -> proxy.state(other.node()) == NodeState.READY));
        return proxy;
    }

    private static List<String> served(SocketNode node) {
        return node.heads().stream().filter(head -> !head.contains(STATUS)).toList();
    }

    @Test
    void aDeadSessionBeginsAnewElsewhereInTheSameRequestAndALiveOneStaysUntilItEnds() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = draining(n1, n2)) {
            RawResponse dead = proxy.get("/app/", DEAD);

            assertThat(dead.status()).isEqualTo(200);
            assertThat(dead.servedBy()).isEqualTo("n2");
            assertThat(dead.values("Limpet-Session")).isEmpty();
            assertThat(served(n2)).singleElement().asString().contains("Limpet-Route: fresh\r\n");
            assertThat(proxy.get("/app/", LIVE).servedBy()).isEqualTo("n1");
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.DRAINING);

            sessions.set(0);
            await().atMost(Duration.ofSeconds(1)).until(() -> proxy.state(n1.node()) == NodeState.DRAINED);
        }
    }

    @Test
    void anotherSessionOfTheRequestThatLivesElsewhereIsServedThere() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = draining(n1, n2)) {
            assertThat(proxy.get("/app/", DEAD + "; JSESSIONID=OTHER.n2").servedBy())
                    .isEqualTo("n2");
            assertThat(served(n2))
                    .singleElement()
                    .asString()
                    .contains("JSESSIONID=OTHER\r\n", "Limpet-Route: owner\r\n");
        }
    }

    @Test
    void whatCannotBeSentTwiceIsServedWhereItIs() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = draining(n1, n2)) {
            assertThat(proxy.post("/app/", "", DEAD).servedBy()).isEqualTo("n1");
            assertThat(proxy.send("PUT /app/ HTTP/1.1", "x", DEAD, "Content-Length: 1")
                            .servedBy())
                    .isEqualTo("n1");
            assertThat(served(n1)).noneMatch(head -> head.contains("leaving"));
        }
    }

    @Test
    void theOnlyNodeIsNotToLeaveAnything() {
        try (SocketNode n1 = node("n1");
                TestProxy proxy = draining(n1)) {
            assertThat(proxy.get("/app/", DEAD).servedBy()).isEqualTo("n1");
            assertThat(served(n1)).singleElement().asString().contains("Limpet-Route: owner\r\n");
        }
    }

    @Test
    @SuppressWarnings("try") // to close it early is what kills the node
    void aNodeThatDrainsServesRatherThanNobody() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = SocketNode.start("n2", (head, connection) -> {
                    if (head.contains(STATUS)) {
                        String status = "{\"node\":\"n2\",\"state\":\"ready\"}";
                        SocketNode.write(
                                connection,
                                "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
                        return;
                    }
                    connection.close();
                });
                TestProxy proxy = draining(n1, n2)) {
            assertThat(proxy.get("/app/", DEAD).servedBy()).isEqualTo("n1");
        }
    }

    @Test
    void anApplicationsOwn421GoesToTheClient() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = SocketNode.start("n2", (head, connection) -> SocketNode.write(connection, LOST));
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse answer = proxy.get("/app/", "Cookie: JSESSIONID=LIVE.n2");
            assertThat(answer.status()).isEqualTo(421);
            assertThat(served(n1)).isEmpty();
        }
    }
}
