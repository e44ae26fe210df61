package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Node n1 is full, n2 is empty, and both have failover. */
class RebalancingTest {

    private static final String STATUS = "/app/limpet/status";
    private static final String COOKIE = "Cookie: JSESSIONID=4F2A.n1";
    private static final String LEAVES =
            "HTTP/1.1 421 Misdirected Request\r\nLimpet-Session: leaves\r\nContent-Length: 0\r\n\r\n";
    private static final String STAYS =
            "HTTP/1.1 421 Misdirected Request\r\nLimpet-Session: stays\r\nContent-Length: 0\r\n\r\n";

    private static String ok(String name) {
        return "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static SocketNode node(String name, int sessions, SocketNode.Script script) {
        String status = "{\"node\":\"" + name + "\",\"state\":\"ready\",\"sessions\":" + sessions
                + ",\"failover\":\"healthy\"}";
        return SocketNode.start(name, (head, connection) -> {
            if (head.startsWith("GET " + STATUS + " ")) {
                SocketNode.write(
                        connection, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
                return;
            }
            script.serve(head, connection);
        });
    }

    private static SocketNode full(String toWhoAsks) {
        return node(
                "n1",
                100,
                (head, connection) ->
                        SocketNode.write(connection, head.contains("Limpet-Wanted-At: n2\r\n") ? toWhoAsks : ok("n1")));
    }

    private static SocketNode empty(String answer) {
        return node("n2", 0, (head, connection) -> SocketNode.write(connection, answer));
    }

    private static TestProxy proxy(SocketNode n1, SocketNode n2) {
        TestProxy proxy = TestProxy.given(
                new GivenSettings()
                        .add(Setting.HEALTH_PATH, STATUS, "")
                        .add(Setting.REBALANCE_RATE, "1000", "")
                        .add(Setting.HEALTH_INTERVAL, "20ms", ""),
                n1.node(),
                n2.node());
        await().until(() -> reported(n1) && reported(n2));
        return proxy;
    }

    /** Two probes: the answer to the first has been heard then. */
    private static boolean reported(SocketNode node) {
        return node.heads().stream().filter(head -> head.contains(STATUS)).count() >= 3;
    }

    private static List<String> served(SocketNode node) {
        return node.heads().stream().filter(head -> !head.contains(STATUS)).toList();
    }

    private static String by(RawResponse answer) {
        return answer.values("Served-By").get(0);
    }

    @Test
    void anIdleSessionMovesToTheEmptierNodeWhenItsOwnLetsItGo() {
        try (SocketNode n1 = full(LEAVES);
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2)) {
            RawResponse answer = proxy.get("/app/", COOKIE);

            assertThat(by(answer)).isEqualTo("n2");
            assertThat(answer.values("Limpet-Session")).isEmpty();
            assertThat(served(n2)).singleElement().asString().contains("Limpet-Route: rebalance;from=n1\r\n");
        }
    }

    @Test
    void whatIsSentWithTheOldCookieMeanwhileFollowsWithoutAQuestion() {
        try (SocketNode n1 = full(LEAVES);
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2)) {
            proxy.get("/app/", COOKIE);
            assertThat(by(proxy.post("/app/", "x", COOKIE))).isEqualTo("n2");
            assertThat(by(proxy.get("/app/", COOKIE))).isEqualTo("n2");
            assertThat(served(n1)).hasSize(1);
        }
    }

    @Test
    void aSessionThatItsNodeKeepsIsServedThere() {
        try (SocketNode n1 = full(ok("n1"));
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2)) {
            assertThat(by(proxy.get("/app/", COOKIE))).isEqualTo("n1");
            assertThat(served(n1)).hasSize(1);
            assertThat(served(n2)).isEmpty();
        }
    }

    @Test
    void aSessionThatDoesNotArriveGoesBack() {
        try (SocketNode n1 = full(LEAVES);
                SocketNode n2 = empty(STAYS);
                TestProxy proxy = proxy(n1, n2)) {
            assertThat(by(proxy.get("/app/", COOKIE))).isEqualTo("n1");
            assertThat(served(n1)).hasSize(2);
        }
    }

    @Test
    void anApplicationsOwn421GoesToTheClient() {
        String own = "HTTP/1.1 421 Misdirected Request\r\nContent-Length: 0\r\n\r\n";
        try (SocketNode n1 = full(own);
                SocketNode n2 = empty(own);
                TestProxy proxy = proxy(n1, n2)) {
            assertThat(proxy.get("/app/", COOKIE).status()).isEqualTo(421);
            assertThat(served(n1)).hasSize(1);
            assertThat(served(n2)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range: bytes=0-1", "Connection: Upgrade\r\nUpgrade: echo", "Content-Length: 1"})
    void aRequestThatCannotBeSentAgainMovesNothing(String field) {
        try (SocketNode n1 = full(LEAVES);
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2)) {
            String body = field.startsWith("Content-Length") ? "x" : "";
            assertThat(by(proxy.send("GET /app/ HTTP/1.1", body, COOKIE, field)))
                    .isEqualTo("n1");
            assertThat(by(proxy.post("/app/", "", COOKIE))).isEqualTo("n1");
        }
    }

    @Test
    void aSessionInThePathStaysSinceItsLinksWouldLeadBack() {
        try (SocketNode n1 = full(LEAVES);
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2)) {
            assertThat(by(proxy.get("/cart;jsessionid=4F2A.n1"))).isEqualTo("n1");
        }
    }

    @Test
    void aSessionWithARequestUnderWayStays() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (SocketNode n1 = node("n1", 100, (head, connection) -> {
                    if (head.startsWith("POST ")) {
                        try {
                            mayAnswer.await(20, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                    SocketNode.write(connection, head.contains("Limpet-Wanted-At") ? LEAVES : ok("n1"));
                });
                SocketNode n2 = empty(ok("n2"));
                TestProxy proxy = proxy(n1, n2);
                Socket slow = proxy.connect()) {
            slow.getOutputStream()
                    .write(("POST /app/ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + COOKIE + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> served(n1).size() == 1);

            assertThat(by(proxy.get("/app/", COOKIE))).isEqualTo("n1");

            mayAnswer.countDown();
            assertThat(SocketNode.readUntil(slow.getInputStream(), "\r\n\r\n")).contains("Served-By: n1");
            await().until(() -> by(proxy.get("/app/", COOKIE)).equals("n2"));
        }
    }

    /** Writes down who serves which session, and which answers were no more than a no. */
    private static SocketNode.Script writing(String name, List<String> order) {
        return (head, connection) -> {
            boolean asked = head.contains("Limpet-Wanted-At: n2\r\n");
            if (!asked) {
                order.add(name + head.substring(head.indexOf("JSESSIONID=") + 10, head.indexOf(";")));
            }
            SocketNode.write(connection, asked ? LEAVES : ok(name));
        };
    }

    @Test
    void ofManyAtOnceNoneIsServedByTheOldNodeOnceOneIsByTheNew() {
        List<String> order = new CopyOnWriteArrayList<>();
        try (SocketNode n1 = node("n1", 100, writing("n1", order));
                SocketNode n2 = node("n2", 0, writing("n2", order));
                TestProxy proxy = proxy(n1, n2)) {
            for (int round = 0; round < 20; round++) {
                String cookie = "Cookie: JSESSIONID=r" + round + ".n1; a=b";
                CompletableFuture<?>[] all = new CompletableFuture<?>[8];
                for (int i = 0; i < all.length; i++) {
                    all[i] = CompletableFuture.runAsync(() -> proxy.get("/app/", cookie));
                }
                CompletableFuture.allOf(all).orTimeout(20, TimeUnit.SECONDS).join();
                await().until(() -> by(proxy.get("/app/", cookie)).equals("n2"));

                assertThat(order.subList(order.indexOf("n2=r" + round), order.size()))
                        .doesNotContain("n1=r" + round);
            }
        }
    }
}
