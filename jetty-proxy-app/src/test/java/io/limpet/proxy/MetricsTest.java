package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private String scrape(TestProxy proxy) {
        try {
            return http.send(
                            HttpRequest.newBuilder(proxy.admin().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum of all lines of this metric that contain each of these. */
    private static long sum(String metrics, String name, String... tags) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
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
                String metrics = scrape(proxy);
                assertThat(sum(metrics, "limpet_requests_received_total")).isEqualTo(all);
                assertThat(Arrays.stream(Reason.values())
                                .mapToLong(reason -> sum(metrics, "limpet_requests_total", "reason=\"" + reason + "\""))
                                .sum())
                        .isEqualTo(all);
                assertThat(sum(metrics, "limpet_requests_total")).isEqualTo(all);
                assertThat(sum(metrics, "limpet_responses_total")).isEqualTo(all);
                assertThat(sum(metrics, "limpet_request_duration_seconds_count"))
                        .isEqualTo(all);
                assertThat(sum(metrics, "limpet_requests_total", "reason=\"refused\"", "node=\"\""))
                        .isEqualTo(6);
                assertThat(sum(metrics, "limpet_requests_total", "reason=\"owner\"", "node=\"n1\""))
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
            await().until(() -> sum(scrape(proxy), "limpet_node_in_flight", "node=\"n1\"") == 1);
            assertThat(sum(scrape(proxy), "limpet_requests_received_total")).isEqualTo(1);
            assertThat(sum(scrape(proxy), "limpet_requests_total")).isZero();

            answer.countDown();
            await().until(() -> sum(scrape(proxy), "limpet_requests_total") == 1);
            assertThat(sum(scrape(proxy), "limpet_node_in_flight")).isZero();
        }
    }

    @Test
    void aNodesStateAndARetryAreCounted() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(""), RawNode.nobodyAt("n2"), n1.node())) {
            await().untilAsserted(() -> assertThat(sum(scrape(proxy), "limpet_node_state", "n2", "\"down\""))
                    .isEqualTo(1));
            assertThat(sum(scrape(proxy), "limpet_node_state")).isEqualTo(2);
            proxy.get("/", "Cookie: JSESSIONID=1.n2");
            assertThat(sum(scrape(proxy), "limpet_requests_total", "reason=\"takeover\"", "node=\"n1\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void theDashboardForGrafanaAsksForNothingThatThereIsNot() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(""), n1.node())) {
            proxy.get("/");
            String dashboard = Files.readString(Path.of("../docs/grafana-dashboard.json"));
            await().untilAsserted(() -> {
                String metrics = scrape(proxy);
                assertThat(Pattern.compile("limpet_[a-z_]+").matcher(dashboard).results())
                        .isNotEmpty()
                        .allSatisfy(metric -> assertThat(metrics).contains("\n" + metric.group()));
            });
        }
    }
}
