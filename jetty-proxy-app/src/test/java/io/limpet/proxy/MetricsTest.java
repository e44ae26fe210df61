package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.Reason;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final HttpClient http = HttpClient.newHttpClient();

    private Scrape scrape(TestProxy proxy) {
        try {
            return new Scrape(http.send(
                            HttpRequest.newBuilder(proxy.admin().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theReasonsAddUpToTheRequestsWhateverBecomesOfThem() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode hung = RawNode.start("n2", (request, out) -> {
                    if (!request.line().startsWith("GET /left ")) {
                        RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    }
                    return true;
                });
                TestProxy proxy =
                        TestProxy.given(AdminTest.operating(""), n1.node(), hung.node(), RawNode.nobodyAt("n3"))) {
            int sent = 0;
            for (int i = 0; i < 10; i++, sent++) {
                proxy.get("/", "Cookie: JSESSIONID=" + i + ".n1");
            }
            for (int i = 0; i < 3; i++, sent++) {
                proxy.get("/", "Cookie: JSESSIONID=" + i + ".n3", "X: " + i, "Limpet-Route: nobody");
                proxy.send("TRACE / HTTP/1.1", "");
                proxy.get("/limpet/status");
                sent += 2;
            }
            try (Socket leaving = proxy.connect()) {
                leaving.getOutputStream()
                        .write("GET /left HTTP/1.1\r\nHost: a\r\nCookie: JSESSIONID=1.n2\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                await().until(() -> hung.requests().stream()
                        .anyMatch(request -> request.line().startsWith("GET /left ")));
                sent++;
            }
            int all = sent;
            await().untilAsserted(() -> {
                Scrape metrics = scrape(proxy);
                assertThat(metrics.sum("limpet_requests_received_total")).isEqualTo(all);
                assertThat(Arrays.stream(Reason.values())
                                .mapToLong(reason -> metrics.sum("limpet_requests_total", "reason=\"" + reason + "\""))
                                .sum())
                        .isEqualTo(all);
                assertThat(metrics.sum("limpet_requests_total")).isEqualTo(all);
                assertThat(metrics.sum("limpet_responses_total")).isEqualTo(all);
                assertThat(metrics.sum("limpet_request_duration_seconds_count")).isEqualTo(all);
                assertThat(metrics.sum("limpet_requests_total", "reason=\"refused\"", "node=\"\""))
                        .isEqualTo(6);
                assertThat(metrics.sum("limpet_requests_total", "reason=\"owner\"", "node=\"n1\""))
                        .isEqualTo(10);
            });
        }
    }

    @Test
    void aRequestUnderWayHasComeAndIsNotOver() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    try {
                        answer.await(20, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    return true;
                });
                TestProxy proxy = TestProxy.given(AdminTest.operating(""), n1.node());
                Socket client = proxy.connect()) {
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            await().until(() -> scrape(proxy).sum("limpet_node_in_flight", "node=\"n1\"") == 1);
            assertThat(scrape(proxy).sum("limpet_requests_received_total")).isEqualTo(1);
            assertThat(scrape(proxy).sum("limpet_requests_total")).isZero();

            answer.countDown();
            await().until(() -> scrape(proxy).sum("limpet_requests_total") == 1);
            assertThat(scrape(proxy).sum("limpet_node_in_flight")).isZero();
        }
    }

    @Test
    void aNodesStateAndARetryAreCounted() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(""), RawNode.nobodyAt("n2"), n1.node())) {
            await().untilAsserted(() -> assertThat(scrape(proxy).sum("limpet_node_state", "n2", "\"down\""))
                    .isEqualTo(1));
            assertThat(scrape(proxy).sum("limpet_node_state")).isEqualTo(2);
            proxy.get("/", "Cookie: JSESSIONID=1.n2");
            await().untilAsserted(() -> assertThat(
                            scrape(proxy).sum("limpet_requests_total", "reason=\"takeover\"", "node=\"n1\""))
                    .isEqualTo(1));
        }
    }

    @Test
    void theDashboardForGrafanaAsksForNothingThatThereIsNot() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(
                        AdminTest.operating(AdminTest.TOKEN).add(Setting.ADMIN_PEERS, "127.0.0.1:1", ""), n1.node())) {
            proxy.get("/");
            String dashboard = Files.readString(Path.of("../docs/grafana-dashboard.json"));
            await().untilAsserted(() -> {
                Scrape metrics = scrape(proxy);
                assertThat(Pattern.compile("limpet_[a-z_]+").matcher(dashboard).results())
                        .isNotEmpty()
                        .allSatisfy(metric -> assertThat(metrics.metrics()).contains("\n" + metric.group()));
                assertThat(metrics.metrics()).contains("\nlimpet_peer_up{peer=\"127.0.0.1:1\"} 0");
            });
        }
    }
}
