package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several proxies, and operators who tell one of them. */
class SharedOrdersTest {

    private static final String STATE = "/api/nodes/n1/state";
    private static final String MAINTENANCE = "{\"state\":\"maintenance\"}";
    private static final String READY = "{\"state\":\"ready\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final RawNode n1 = RawNode.answering("n1");
    private final RawNode n2 = RawNode.answering("n2");

    @AfterEach
    void stopNodes() {
        n1.close();
        n2.close();
    }

    private TestProxy proxy(TestProxy... peers) {
        return TestProxy.given(given(peers), n1.node(), n2.node());
    }

    private static GivenSettings given(TestProxy... peers) {
        GivenSettings given = AdminTest.operating(AdminTest.TOKEN);
        if (peers.length > 0) {
            given.add(
                    Setting.ADMIN_PEERS,
                    Arrays.stream(peers)
                            .map(peer -> peer.admin().getAuthority())
                            .collect(Collectors.joining(",")),
                    "");
        }
        return given;
    }

    /** From now on a proxy knows these and no other. */
    private void knows(TestProxy proxy, TestProxy... peers) {
        GivenSettings given = given(peers).add(Setting.LISTEN, "127.0.0.1:0", "");
        given.add(Setting.NODES, "n1=" + n1.node().uri(), "")
                .add(Setting.NODES, "n2=" + n2.node().uri(), "");
        ProxySettings settings = SettingsReader.read(given);
        proxy.apply(settings);
    }

    private HttpResponse<String> post(TestProxy proxy, String path, String body, String... more) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(proxy.admin().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < more.length; i += 2) {
            request.setHeader(more[i], more[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void order(TestProxy proxy, String body) throws Exception {
        assertThat(post(proxy, STATE, body, "Authorization", "Bearer " + AdminTest.TOKEN)
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode peersOf(TestProxy proxy) throws Exception {
        URI uri = proxy.admin().resolve("/api/nodes");
        String view = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(view).path("peers");
    }

    private String stateIn(TestProxy proxy) {
        return proxy.state(n1.node()).toString();
    }

    @Test
    void whatOneIsOrderedHoldsOnAllWithinASecond() throws Exception {
        try (TestProxy a = proxy();
                TestProxy b = proxy();
                TestProxy c = proxy()) {
            knows(a, b, c);
            knows(b, a, c);
            knows(c, a, b);
            order(a, "{\"state\":\"draining\"}");
            await().until(() -> stateIn(b).equals("draining") && stateIn(c).equals("draining"));

            order(a, MAINTENANCE);
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> stateIn(b).equals("maintenance") && stateIn(c).equals("maintenance"));
            assertThat(b.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n2");

            order(c, READY);
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> stateIn(a).equals("ready") && stateIn(b).equals("ready"));
        }
    }

    @Test
    void aProxyThatStartsKnowsWhatWasOrderedBeforeItsFirstRequest() throws Exception {
        try (TestProxy a = proxy()) {
            order(a, MAINTENANCE);
            try (TestProxy restarted = proxy(a)) {
                assertThat(stateIn(restarted)).isEqualTo("maintenance");
                assertThat(restarted.get("/", "Cookie: JSESSIONID=4F2A.n1").body())
                        .isEqualTo("n2");
            }
        }
    }

    @Test
    void ordersReachAProxyThatOnlyAThirdOneKnows() throws Exception {
        try (TestProxy a = proxy();
                TestProxy b = proxy(a);
                TestProxy c = proxy(b)) {
            order(c, MAINTENANCE);

            await().until(() -> stateIn(a).equals("maintenance"));
        }
    }

    @Test
    void afterAPartitionTheLastOrderOfEitherSideHoldsOnBoth() throws Exception {
        try (TestProxy a = proxy();
                TestProxy b = proxy(a)) {
            order(a, MAINTENANCE);
            await().until(() -> stateIn(b).equals("maintenance"));
            knows(b);
            await().until(() -> peersOf(b).isEmpty());
            order(a, "{\"state\":\"draining\"}");
            order(b, READY);
            assertThat(stateIn(a)).isEqualTo("draining");

            knows(b, a);
            await().until(() -> stateIn(a).equals("ready") && stateIn(b).equals("ready"));
        }
    }

    @Test
    void aProxyThatIsDownIsReportedHoldsUpNoOrderAndIsToldWhenItIsBack() throws Exception {
        try (TestProxy a = proxy()) {
            TestProxy b = proxy();
            String address = b.admin().getAuthority();
            knows(a, b);
            b.stop();
            await().until(() -> peersOf(a).path(0).path("why").asText().contains("Connect"));
            order(a, MAINTENANCE);
            assertThat(stateIn(a)).isEqualTo("maintenance");

            try (TestProxy back = TestProxy.given(
                    AdminTest.operating(AdminTest.TOKEN).add(Setting.ADMIN, address, ""), n1.node(), n2.node())) {
                await().until(() -> stateIn(back).equals("maintenance"));
                await().until(() -> peersOf(a).path(0).path("answers").asBoolean());
            }
        }
    }

    @Test
    void whoCouldBeAnotherSitesPageOrDoesNotKnowTheTokenTellsNoOrders() throws Exception {
        String orders = "{\"orders\":[{\"node\":\"n1\",\"state\":\"maintenance\",\"time\":5,\"by\":\"x\"}]}";
        String token = "Bearer " + AdminTest.TOKEN;
        try (TestProxy a = proxy()) {
            assertThat(post(a, "/api/orders", orders).statusCode()).isEqualTo(401);
            assertThat(post(a, "/api/orders", orders, "Authorization", token, "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(a, "/api/orders", orders, "Authorization", token, "Content-Type", "text/plain")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(post(a, "/api/orders", "{}", "Authorization", token).statusCode())
                    .isEqualTo(400);
            assertThat(stateIn(a)).isEqualTo("ready");

            assertThat(post(a, "/api/orders", orders, "Authorization", token).body())
                    .contains("\"by\":\"x\"");
            assertThat(stateIn(a)).isEqualTo("maintenance");
        }
    }
}
