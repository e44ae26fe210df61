package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a message's head passes the proxy, and what the proxy adds. */
class HeadersTest {

    @Test
    void theNodeIsToldWhatThisProxySawAndNothingThatTheClientClaims() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.get(
                    "/",
                    "Host: shop.example:8443",
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil",
                    "x-forwarded-prefix: /evil",
                    "X-Real-IP: 6.6.6.6",
                    "Forwarded: for=6.6.6.6",
                    "Limpet-Route: owner",
                    "limpet-anything: x");

            RawRequest request = n1.onlyRequest();
            assertThat(request.values("Host")).containsExactly("shop.example:8443");
            assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
            assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example:8443");
            assertThat(request.values("X-Forwarded-Port")).containsExactly("8443");
            assertThat(request.values("X-Forwarded-Prefix")).isEmpty();
            assertThat(request.values("X-Real-IP")).isEmpty();
            assertThat(request.values("Forwarded"))
                    .containsExactly("for=127.0.0.1;host=\"shop.example:8443\";proto=http");
            assertThat(request.values("Limpet-Route")).containsExactly("fresh");
            assertThat(request.values("Limpet-Anything")).isEmpty();
            assertThat(request.values("Via")).isEmpty();
        }
    }

    @Test
    void whatBelongsToTheClientsConnectionStaysThere() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.sendRaw("""
                    GET / HTTP/1.1
                    Host: shop.example
                    Connection: close, Upgrade, Host, X-Mine
                    Keep-Alive: timeout=5
                    TE: trailers
                    Upgrade: websocket
                    Proxy-Authorization: Basic eA==
                    X-Mine: 1
                    X-Theirs: 2

                    """.replace("\n", "\r\n"));

            RawRequest request = n1.onlyRequest();
            assertThat(request.values("Host")).containsExactly("shop.example");
            assertThat(request.values("X-Theirs")).containsExactly("2");
            assertThat(request.headers())
                    .noneMatch(line -> line.matches("(?i)(connection|keep-alive|te|upgrade|proxy-.*|x-mine):.*"));
        }
    }

    @Test
    void aClientThatTakesTrailersHasTheNodeToldSo() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.sendRaw("GET / HTTP/1.1\r\nHost: h\r\nConnection: close, TE\r\nTE: gzip, trailers\r\n\r\n");
            assertThat(n1.onlyRequest().values("TE")).containsExactly("trailers");
            assertThat(n1.onlyRequest().values("Connection")).containsExactly("TE");
        }
    }

    @Test
    void aHeadBeyondTheLimitIs431InAnd502Out() {
        try (RawNode n1 = RawNode.answering("n1", "X-Long: " + "x".repeat(70_000));
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/", "X-Long: " + "x".repeat(70_000)).status()).isEqualTo(431);
            assertThat(n1.requests()).isEmpty();
            assertThat(proxy.get("/", "X-Long: " + "x".repeat(30_000)).status()).isEqualTo(502);
            assertThat(n1.onlyRequest().values("X-Long").get(0)).hasSize(30_000);
        }
    }

    @Test
    void whatBelongsToTheNodesConnectionStaysThere() {
        try (RawNode n1 = RawNode.answering(
                        "n1",
                        "Connection: X-Mine",
                        "X-Mine: 1",
                        "Keep-Alive: timeout=5",
                        "Limpet-Session: adopted",
                        "X-Theirs: 2");
                TestProxy proxy = TestProxy.over(n1.node())) {
            RawResponse response = proxy.get("/");

            assertThat(response.values("X-Theirs")).containsExactly("2");
            assertThat(response.headers()).noneMatch(line -> line.matches("(?i)(keep-alive|limpet-.*|x-mine):.*"));
        }
    }

    @Test
    void thereIsOneDateTheNodesOwnWhenItSendsOne() {
        try (RawNode n1 = RawNode.answering("n1", "Date: Wed, 21 Oct 2015 07:28:00 GMT");
                RawNode n2 = RawNode.answering("n2");
                TestProxy one = TestProxy.over(n1.node());
                TestProxy other = TestProxy.over(n2.node())) {
            assertThat(one.get("/").values("Date")).containsExactly("Wed, 21 Oct 2015 07:28:00 GMT");
            assertThat(other.get("/").values("Date")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a?{}|\"[]",
                "/a?%zz",
                "/a?%",
                "/?q=a+b&c=%2F%2f",
                "/?",
                "/a;x=y;z/b",
                "/%41%20b",
                "/a?\\^`<>",
                "/a?http://b//c?d"
            })
    void pathAndQueryReachTheNodeAsTheClientWroteThem(String target) {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get(target).status()).isEqualTo(200);
            assertThat(n1.onlyRequest().line()).isEqualTo("GET " + target + " HTTP/1.1");
        }
    }

    @Test
    void aMethodKeepsItsLetters() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.send("Report / HTTP/1.1", "");

            assertThat(n1.onlyRequest().line()).isEqualTo("Report / HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/limpet/status",
                "/shop/limpet/status",
                "/limpet/drain",
                "/limpet/status?x",
                "/limpet;a=b/status;c",
                "/limpet/%73tatus",
                "/x/../limpet/status",
                "/limpet/./status",
                "/limpet/status/",
                "/limpet/status/x"
            })
    void theNodesOwnPathsDoNotExistOutside(String path) {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get(path).status()).isIn(400, 404);
            assertThat(n1.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE / HTTP/1.1", "CONNECT shop.example:80 HTTP/1.1"})
    void methodsThatEndAtAProxyEndHere(String line) {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.send(line, "", "Host: shop.example:80").status()).isEqualTo(405);
            assertThat(n1.requests()).isEmpty();
        }
    }

    @Test
    void theProxysOwnPagesNameNoSoftwareAndNoCause() {
        try (TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"))) {
            for (RawResponse response : new RawResponse[] {proxy.get("/"), proxy.get("/%zz"), proxy.get("/a//b")}) {
                assertThat(response.status()).isIn(400, 503);
                assertThat(response.headers()).noneMatch(line -> line.matches("(?i)(server|via|x-powered-by):.*"));
                assertThat(response.body().toLowerCase(Locale.ROOT))
                        .contains("<!doctype html>")
                        .doesNotContain("jetty", "limpet", "exception", "n1", "127.0.0.1", "refused");
            }
        }
    }

    @Test
    void whoAsksForJsonGetsJson() {
        try (TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"))) {
            RawResponse response = proxy.get("/", "Accept: application/json, */*");

            assertThat(response.values("Content-Type")).containsExactly("application/json");
            assertThat(response.body()).isEqualTo("{\"status\":503,\"error\":\"Service Unavailable\"}\n");
            assertThat(proxy.get("/", "Accept: text/html, application/json;q=0.9")
                            .body())
                    .startsWith("<!doctype html>");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json;q=0             | text/html;charset=utf-8",
                "application/json;q=0, text/html  | text/html;charset=utf-8",
                "application/json;q=0.1,text/html | text/html;charset=utf-8",
                "application/jsonlines            | text/html;charset=utf-8",
                "text/html;q=0.1,application/json | application/json",
                "Application/JSON;charset=utf-8   | application/json"
            })
    void anErrorPageIsWhatTheClientLikesBetter(String accept, String type) {
        try (TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"))) {
            assertThat(proxy.get("/", "Accept: " + accept).values("Content-Type"))
                    .containsExactly(type);
        }
    }
}
