package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans, as a collector receives them by OTLP (protobuf over HTTP). */
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final String PARENT = "traceparent: 00-" + TRACE + "-" + CLIENT + "-01";

    private final RawNode node = RawNode.answering("n1");
    private final RawNode collector = RawNode.start("collector", (request, out) -> {
        RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n");
        return true;
    });
    private final Map<String, String> said =
            Map.of("otel.exporter.otlp.endpoint", collector.node().uri().toString(), "otel.bsp.schedule.delay", "50");

    @AfterEach
    void stop() {
        said.keySet().forEach(System::clearProperty);
        node.close();
        collector.close();
    }

    private TestProxy tracing() {
        said.forEach(System::setProperty);
        return TestProxy.given(new GivenSettings().add(Setting.TRACING, "true", ""), node.node());
    }

    /** What the node was told last: version, trace, span and flags. */
    private String[] told() {
        RawRequest last = node.requests().get(node.requests().size() - 1);
        List<String> values = last.values("traceparent");
        assertThat(values).hasSize(1);
        return values.get(0).split("-", 4);
    }

    private String exported() {
        return collector.requests().stream().map(RawRequest::body).collect(Collectors.joining());
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aSpanIsAChildOfTheClientsAndTheParentOfTheNodes() {
        try (TestProxy proxy = tracing()) {
            proxy.get(
                    "/cart;jsessionid=4F2A.n1?card=4111",
                    PARENT,
                    "tracestate: vendor=1",
                    "tracestate: other=2",
                    "Host: shop.example:8443");

            assertThat(told()[1]).isEqualTo(TRACE);
            assertThat(told()[2]).isNotEqualTo(CLIENT);
            assertThat(told()[3]).isEqualTo("01");
            assertThat(node.onlyRequest().values("tracestate")).containsExactly("vendor=1,other=2");
            await().until(() -> exported().contains(bytes(told()[2])));
            assertThat(exported())
                    .contains(
                            bytes(TRACE), bytes(CLIENT), "limpet-proxy", "limpet.reason", "owner", "limpet.node", "n1")
                    .contains("/cart;jsessionid=*", "http.response.status_code")
                    .contains("server.address", "shop.example", "server.port")
                    .doesNotContain("4F2A", "4111", "shop.example:8443");
        }
    }

    @Test
    void aClientWithoutATraceOrWithNoneThatCanBeReadBeginsOne() {
        try (TestProxy proxy = tracing()) {
            proxy.get("/");
            String first = told()[1];
            proxy.get("/", "traceparent: 00-" + TRACE + "-nonsense-01", "tracestate: vendor=1");
            String second = told()[1];
            proxy.get("/", PARENT, PARENT);

            assertThat(List.of(first, second, told()[1]))
                    .doesNotHaveDuplicates()
                    .doesNotContain(TRACE)
                    .allMatch(it -> it.matches("[0-9a-f]{32}"));
            assertThat(node.requests().get(1).values("tracestate")).isEmpty();
        }
    }

    @Test
    void whatTheClientDoesNotWantToBeRecordedIsNot() {
        try (TestProxy proxy = tracing()) {
            proxy.get("/", PARENT.replaceFirst("01$", "00"));
            assertThat(told()[1]).isEqualTo(TRACE);
            assertThat(told()[3]).isEqualTo("00");
            proxy.get("/", PARENT.replace(TRACE, "aaaa2f3577b34da6a3ce929d0e0e4736"));

            await().until(() -> exported().contains(bytes("aaaa2f3577b34da6a3ce929d0e0e4736")));
            assertThat(exported()).doesNotContain(bytes(TRACE));
        }
    }

    @Test
    void turnedOffWhatTheClientSaysGoesOnAsItCame() {
        try (TestProxy proxy = TestProxy.given(new GivenSettings(), node.node())) {
            proxy.get("/", PARENT, "tracestate: vendor=1");

            assertThat(node.onlyRequest().headers()).contains(PARENT, "tracestate: vendor=1");
        }
    }
}
