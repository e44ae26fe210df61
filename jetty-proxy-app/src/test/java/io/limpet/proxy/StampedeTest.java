package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node dies, and all its sessions come at once. */
class StampedeTest {

    private static final int SESSIONS = 600;
    private static final int RATE = 200;

    private static Node dead(String name) {
        try (SocketNode node = SocketNode.named(name)) {
            return node.node();
        }
    }

    @Test
    @SuppressWarnings("try") // to close it early is what kills the node
    void theSurvivorsShareTheSessionsEvenlyAndAtTheirRate() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(60);
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                SocketNode n3 = SocketNode.named("n3");
                TestProxy proxy = TestProxy.given(
                        new GivenSettings().add(Setting.TAKEOVER_RATE, Integer.toString(RATE), ""),
                        n1.node(),
                        n2.node(),
                        n3.node(),
                        dead("n4"))) {
            long start = System.nanoTime();
            boolean waited = false;
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                String cookie = "Cookie: JSESSIONID=session" + i + ".n4";
                answers.add(users.submit(() -> proxy.get("/", cookie).status()));
            }
            for (Future<Integer> answer : answers) {
                waited |= proxy.takeovers().waiting() > 0;
                assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(200);
            }
            Duration all = Duration.ofNanos(System.nanoTime() - start);

            assertThat(waited).isTrue();
            assertThat(proxy.takeovers().waiting()).isZero();
            assertThat(proxy.takeovers().refused()).isZero();
            // the burst of the first tenth of a second aside
            long fewest = SESSIONS * 30 / 100 - RATE / 10;
            assertThat(all).isGreaterThan(Duration.ofMillis(1_000 * fewest / RATE));
            for (SocketNode survivor : List.of(n1, n2, n3)) {
                assertThat(100.0 * survivor.heads().size() / SESSIONS).isCloseTo(33.3, within(5.0));
            }
        } finally {
            users.shutdownNow();
        }
    }

    @Test
    @SuppressWarnings("try") // to close it early is what kills the node
    void whoGoesWaitsNoMore() throws Exception {
        try (SocketNode n1 = SocketNode.named("n1");
                TestProxy proxy = TestProxy.given(
                        new GivenSettings().add(Setting.TAKEOVER_RATE, "1", "").add(Setting.TAKEOVER_WAIT, "60s", ""),
                        n1.node(),
                        dead("n2"))) {
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(proxy.client());
                clients.get(i).send("GET / HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=session" + i + ".n2\r\n\r\n");
            }
            await().until(() -> proxy.takeovers().waiting() >= 10);
            for (WireClient client : clients) {
                client.close();
            }
            // the last would have waited for a quarter of a minute
            await().atMost(Duration.ofSeconds(5)).until(() -> proxy.takeovers().waiting() == 0);
        }
    }

    @Test
    @SuppressWarnings("try") // to close it early is what kills the node
    void whoWouldWaitTooLongIsToldToComeAgain() {
        try (SocketNode n1 = SocketNode.named("n1");
                TestProxy proxy = TestProxy.given(
                        new GivenSettings().add(Setting.TAKEOVER_RATE, "1", "").add(Setting.TAKEOVER_WAIT, "1ms", ""),
                        n1.node(),
                        dead("n2"))) {
            List<RawResponse> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(proxy.get("/", "Cookie: JSESSIONID=session" + i + ".n2"));
            }

            assertThat(answers).extracting(RawResponse::status).contains(200, 503);
            assertThat(proxy.takeovers().refused())
                    .isEqualTo(answers.stream()
                            .filter(answer -> answer.status() == 503)
                            .count());
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 503)
                    .allSatisfy(
                            answer -> assertThat(answer.values("Retry-After")).isNotEmpty());
            assertThat(proxy.get("/", "Cookie: JSESSIONID=a.n1").status()).isEqualTo(200);
        }
    }
}
