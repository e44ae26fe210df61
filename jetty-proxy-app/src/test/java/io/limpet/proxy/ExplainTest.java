package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator is told of a session is what its next request meets. */
class ExplainTest {

    private static final String STATUS = "/app/limpet/status";
    private static final String COOKIE = "Cookie: JSESSIONID=4F2A.n1";
    private static final GivenSettings OPERATED = new GivenSettings().add(Setting.ADMIN, "127.0.0.1:0", "");

    private final HttpClient http = HttpClient.newHttpClient();

    private String explain(TestProxy proxy) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(proxy.admin().resolve("/api/explain?session=4F2A.n1&path=/app/"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void aSessionThatWouldBeRefusedIsNotSaidToBeTakenOver() throws Exception {
        try (RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.given(
                        OPERATED.overriddenBy(new GivenSettings().add(Setting.ON_LOST_OWNER, "reject", "")),
                        RawNode.nobodyAt("n1"),
                        n2.node())) {
            assertThat(proxy.get("/app/", COOKIE).status()).isEqualTo(503);

            assertThat(explain(proxy)).contains("\"reason\":\"nobody\"", "on-lost-owner is reject");
        }
    }

    /** A node that lets go whatever is wanted elsewhere. */
    private static SocketNode node(String name, int sessions) {
        String status = "{\"node\":\"" + name + "\",\"state\":\"ready\",\"sessions\":" + sessions
                + ",\"failover\":\"healthy\"}";
        return SocketNode.start(name, (head, connection) -> {
            String body = head.startsWith("GET " + STATUS + " ") ? status : "";
            String first = head.contains("Limpet-Wanted-At: ")
                    ? "421 Misdirected Request\r\nLimpet-Session: leaves"
                    : "200 OK\r\nServed-By: " + name;
            SocketNode.write(
                    connection, "HTTP/1.1 " + first + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
    }

    @Test
    void aSessionThatHasMovedIsSaidToGoWhereItsRequestsGo() throws Exception {
        GivenSettings rebalancing = new GivenSettings()
                .add(Setting.HEALTH_PATH, STATUS, "")
                .add(Setting.HEALTH_INTERVAL, "20ms", "")
                .add(Setting.REBALANCE_RATE, "1000", "");
        try (SocketNode n1 = node("n1", 100);
                SocketNode n2 = node("n2", 0);
                TestProxy proxy = TestProxy.given(OPERATED.overriddenBy(rebalancing), n1.node(), n2.node())) {
            await().until(() -> explain(proxy).contains("it may move"));
            assertThat(proxy.get("/app/", COOKIE).values("Served-By")).containsExactly("n2");

            assertThat(explain(proxy)).contains("\"reason\":\"rebalance\"", "\"goesTo\":\"n2\"");
        }
    }
}
