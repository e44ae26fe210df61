package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {

    static final String TOKEN = "a-token-for-operators";

    private final HttpClient http = HttpClient.newHttpClient();

    /** A proxy with an admin listener, which probes its nodes once and then leaves them alone. */
    static GivenSettings operating(String token) {
        GivenSettings given =
                new GivenSettings().add(Setting.ADMIN, "127.0.0.1:0", "").add(Setting.HEALTH_INTERVAL, "60m", "");
        return token.isEmpty() ? given : given.add(Setting.ADMIN_TOKEN, token, "");
    }

    private HttpResponse<String> send(TestProxy proxy, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.admin().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> order(TestProxy proxy, String node, String body, String... headers) throws Exception {
        String[] all = Stream.concat(
                        Stream.of("Content-Type", "application/json", "Authorization", "Bearer " + TOKEN),
                        Stream.of(headers))
                .toArray(String[]::new);
        return send(proxy, "POST", "/api/nodes/" + node + "/state", body, all);
    }

    private JsonNode node(TestProxy proxy, String name) throws Exception {
        JsonNode view =
                new ObjectMapper().readTree(send(proxy, "GET", "/api/nodes", "").body());
        for (JsonNode node : view.path("nodes")) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError("no node " + name + " in " + view);
    }

    @Test
    void aNodeIsTakenOutAndBackInByItsName() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node(), n2.node())) {
            assertThat(order(proxy, "n1", "{\"state\":\"maintenance\"}").statusCode())
                    .isEqualTo(200);
            assertThat(node(proxy, "n1").path("state").asText()).isEqualTo("maintenance");
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n2");

            order(proxy, "n1", "{\"state\":\"ready\"}");
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
        }
    }

    @Test
    void anOrderForOneContextPathLeavesTheOthersAlone() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node(), n2.node())) {
            order(proxy, "n1", "{\"state\":\"maintenance\",\"context\":\"/shop\"}");

            assertThat(proxy.get("/shop/cart", "Cookie: JSESSIONID=4F2A.n1").body())
                    .isEqualTo("n2");
            assertThat(proxy.get("/sh%6Fp/cart", "Cookie: JSESSIONID=4F2A.n1").body())
                    .isEqualTo("n2");
            assertThat(proxy.get("/forum", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
        }
    }

    @Test
    void anOrderThatCannotBeReadChangesNothingAndSaysWhatToWrite() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node())) {
            assertThat(order(proxy, "n1", "{\"state\":\"off\"}").statusCode()).isEqualTo(400);
            assertThat(order(proxy, "n1", "draining").body()).contains("\\\"ready\\\"");
            assertThat(order(proxy, "n1", "{\"state\":\"draining\",\"deadlineSeconds\":-1}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(order(proxy, "n1", "{\"state\":\"draining\",\"context\":\"shop\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(order(proxy, "n9", "{\"state\":\"draining\"}").statusCode())
                    .isEqualTo(404);
            assertThat(node(proxy, "n1").path("state").asText()).isEqualTo("ready");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: text/plain",
                "Authorization: Bearer a-token-for-operatorz",
                "Authorization: Basic YTpi",
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Host: evil.example"
            })
    void whoCouldBeAnotherSitesPageOrDoesNotKnowTheTokenChangesNothing(String header) throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node());
                WireClient client = new WireClient(proxy.admin().getPort(), Duration.ofSeconds(20))) {
            String body = "{\"state\":\"maintenance\"}";
            String[] fields = header.split(": ", 2);
            StringBuilder head = new StringBuilder("POST /api/nodes/n1/state HTTP/1.1\r\n" + header + "\r\n");
            Stream.of("Host: 127.0.0.1", "Content-Type: application/json", "Authorization: Bearer " + TOKEN)
                    .filter(line -> !line.startsWith(fields[0] + ":"))
                    .forEach(line -> head.append(line).append("\r\n"));
            client.send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(client.read().status()).isBetween(401, 421);
            assertThat(proxy.state(n1.node()).toString()).isEqualTo("ready");
        }
    }

    @Test
    void withoutATokenNobodyChangesAnything() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(""), n1.node())) {
            HttpResponse<String> answer = order(proxy, "n1", "{\"state\":\"maintenance\"}");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("LIMPET_ADMIN_TOKEN");
        }
    }

    @Test
    void aGetChangesNothingAndNamesThatLeadHereAreNotEnoughToRead() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node());
                WireClient client = new WireClient(proxy.admin().getPort(), Duration.ofSeconds(20))) {
            assertThat(send(proxy, "GET", "/api/nodes/n1/state?state=maintenance", "")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(send(proxy, "GET", "/api/reload", "").statusCode()).isEqualTo(404);
            client.send("GET /api/nodes HTTP/1.1\r\nHost: rebound.example:9090\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(421);
        }
    }

    @Test
    void aConnectionLastsThoughTheBodyOfAReloadComesLate() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node());
                WireClient client = new WireClient(proxy.admin().getPort(), Duration.ofSeconds(20))) {
            client.send("POST /api/reload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + TOKEN + "\r\nContent-Length: 2\r\n\r\n");
            assertThat(send(proxy, "GET", "/api/nodes", "").statusCode()).isEqualTo(200); // meanwhile
            client.send("{}");
            assertThat(client.read().status()).isBetween(200, 409);
            client.send("GET /api/nodes HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void nothingOfItIsReachedThroughTheProxysPort() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node())) {
            assertThat(proxy.get("/api/nodes").body()).isEqualTo("n1");
            assertThat(proxy.get("/metrics").body()).isEqualTo("n1");
            assertThat(proxy.get("/", "Host: 127.0.0.1:" + proxy.admin().getPort())
                            .body())
                    .isEqualTo("n1");
        }
    }

    @Test
    void aSessionIsExplained() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node(), n2.node())) {
            assertThat(send(proxy, "GET", "/api/explain?session=4F2A.n1", "").body())
                    .contains("\"goesTo\":\"n1\"", "\"reason\":\"owner\"");
            order(proxy, "n1", "{\"state\":\"maintenance\"}");
            assertThat(send(proxy, "GET", "/api/explain?session=4F2A.n1", "").body())
                    .contains("\"goesTo\":\"n2\"", "\"reason\":\"takeover\"", "\"owner\":\"n1\"", "maintenance");
            assertThat(send(proxy, "GET", "/api/explain?session=4F2A.n9", "").body())
                    .contains("\"reason\":\"fresh\"");
            assertThat(send(proxy, "GET", "/api/explain", "").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void whatHappensIsToldToThoseWhoListen() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node(), n2.node())) {
            order(proxy, "n1", "{\"state\":\"maintenance\"}");
            HttpResponse<java.io.InputStream> stream = http.send(
                    HttpRequest.newBuilder(proxy.admin().resolve("/api/events"))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertThat(until(lines, "n1 is maintenance")).contains("\"kind\":\"state\"");
                proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
                assertThat(until(lines, "\"kind\":\"takeover\"")).contains("n2 served 1 request for other nodes");
                order(proxy, "n1", "{\"state\":\"ready\"}");
                assertThat(until(lines, "n1 is ready")).contains("\"kind\":\"state\"");
            }
        }
    }

    private static String until(BufferedReader lines, String text) throws Exception {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void thePageAndItsPartsComeFromHereAndFromNowhereElse() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node())) {
            for (String path : new String[] {"/", "/dashboard.css", "/dashboard.js", "/icon.svg"}) {
                HttpResponse<String> page = send(proxy, "GET", path, "");
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
                assertThat(page.body().replace("http://www.w3.org/2000/svg", ""))
                        .doesNotContain("http://", "https://", "style=", "onclick");
            }
        }
    }

    @Test
    void trafficIsSeenWithinASecond() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(operating(TOKEN), n1.node())) {
            for (int i = 0; i < 5; i++) {
                proxy.get("/");
            }
            await().untilAsserted(() ->
                    assertThat(node(proxy, "n1").path("p99").asDouble()).isPositive());
            assertThat(node(proxy, "n1").path("perSecond").asDouble()).isPositive();
        }
    }

    private JsonNode contexts(TestProxy proxy) throws Exception {
        return new ObjectMapper()
                .readTree(send(proxy, "GET", "/api/nodes", "").body())
                .path("contexts");
    }

    private static List<String> told(JsonNode contexts) {
        List<String> all = new ArrayList<>();
        contexts.forEach(it -> {
            assertThat(it.path("why").asText()).isNotEmpty();
            all.add(it.path("node").asText() + it.path("context").asText() + " "
                    + it.path("state").asText() + " by " + it.path("from").asText());
        });
        return all;
    }

    @Test
    void whatHoldsForSingleContextPathsIsToldWithWhoSaysSo(@TempDir Path folder) throws Exception {
        DeployedNode onN1 = DeployedNode.of("n1", "", "/desk", "/forum", "/shop");
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = DeployedNode.of("n2", "", "/desk", "/shop").start()) {
            Path file = Files.writeString(
                    folder.resolve("limpet.yaml"),
                    String.join(
                            "\n",
                            "admin: 127.0.0.1:0",
                            "admin-token: " + TOKEN,
                            "health: {path: /shop/limpet/status, interval: 20ms}",
                            "nodes:",
                            "  n1: {url: '" + n1.node().uri() + "', contexts: {/desk: maintenance}}",
                            "  n2: '" + n2.node().uri() + "'",
                            ""));
            try (TestProxy proxy = TestProxy.following(file)) {
                await().untilAsserted(() -> assertThat(told(contexts(proxy)))
                        .containsExactly("n1/desk maintenance by file", "n2/forum draining by node"));
                order(proxy, "n2", "{\"state\":\"draining\",\"context\":\"/shop\"}");
                onN1.undeploy("");
                await().untilAsserted(() -> assertThat(told(contexts(proxy)))
                        .containsExactly(
                                "n1/ drained by node",
                                "n1/desk maintenance by file",
                                "n2/forum draining by node",
                                "n2/shop draining by admin"));
            }
        }
    }
}
