package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions through a running proxy: where they go, what the node sees of them, what the client gets back. */
class SessionRoutingTest {

    private static final String SET_COOKIE = "Set-Cookie: JSESSIONID=4F2A; Path=/; HttpOnly; SameSite=Lax";

    @Test
    void aNewSessionIsTaggedWithTheNodeThatMadeItAndStaysThere() {
        try (RawNode n1 = RawNode.answering("n1", SET_COOKIE);
                RawNode n2 = RawNode.answering("n2", SET_COOKIE);
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse first = proxy.get("/");
            String node = first.body();

            assertThat(first.values("Set-Cookie"))
                    .containsExactly("JSESSIONID=4F2A." + node + "; Path=/; HttpOnly; SameSite=Lax");
            for (int i = 0; i < 10; i++) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A." + node).body())
                        .isEqualTo(node);
            }
        }
    }

    @Test
    void theNodeSeesItsOwnValueAndWhyItWasChosen() {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            proxy.get("/cart?x=1", "Cookie: a=b; JSESSIONID=node0ab.node0.n2; c=\"d\"");

            RawRequest request = n2.onlyRequest();
            assertThat(request.line()).isEqualTo("GET /cart?x=1 HTTP/1.1");
            assertThat(request.values("Cookie")).containsExactly("a=b; JSESSIONID=node0ab.node0; c=\"d\"");
            assertThat(request.values("Limpet-Route")).containsExactly("owner");
        }
    }

    @Test
    void ofSeveralSessionCookiesTheNodeGetsExactlyOne() {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            proxy.get("/", "Cookie: JSESSIONID=junk; a=b; JSESSIONID=one.n1", "Cookie: JSESSIONID=two.n2");

            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("a=b; JSESSIONID=one");
        }
    }

    @Test
    void aSessionCookieThatNoServerMayWriteDoesNotReachTheNode() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.get("/", "Cookie: a=b; JSESSIONID=\"; c=d");

            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("a=b; c=d");
        }
    }

    @Test
    void aSessionInTheUrlIsRoutedStrippedAndTaggedInRedirects() {
        try (RawNode n1 = RawNode.answering("n1", "Location: http://shop.example/b;jsessionid=4F2A?x#y");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse response = proxy.get("/a;jsessionid=4F2A.n1?q=;jsessionid=x.n1");

            assertThat(n1.onlyRequest().line()).isEqualTo("GET /a;jsessionid=4F2A?q=;jsessionid=x.n1 HTTP/1.1");
            assertThat(response.values("Location")).containsExactly("http://shop.example/b;jsessionid=4F2A.n1?x#y");
        }
    }

    @Test
    void aSessionInTheUrlOfAnotherSiteIsNotOurs() {
        String foreign = "Location: http://other.example/b;jsessionid=4F2A";
        try (RawNode n1 = RawNode.answering("n1", foreign);
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/").headers()).contains(foreign);
            // the same name at another port is another site
            assertThat(proxy.get("/", "Host: other.example:81").headers()).contains(foreign);
            assertThat(proxy.get("/", "Host: other.example").headers()).contains(foreign + ".n1");
        }
    }

    @Test
    void aParameterThatIsNamedAfterTheCookieIsTheSessionToo() {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2", "Location: /b;JSESSIONID=4F2A");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse response = proxy.get("/a;JSESSIONID=4F2A.n2");

            assertThat(n2.onlyRequest().line()).isEqualTo("GET /a;JSESSIONID=4F2A HTTP/1.1");
            assertThat(response.values("Location")).containsExactly("/b;JSESSIONID=4F2A.n2");
        }
    }

    @Test
    void anUnknownRouteStaysWithTheValue() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.get("/a;jsessionid=5.n9", "Cookie: JSESSIONID=4F2A.n9");

            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A.n9");
            assertThat(n1.onlyRequest().line()).isEqualTo("GET /a;jsessionid=5.n9 HTTP/1.1");
            assertThat(n1.onlyRequest().values("Limpet-Route")).containsExactly("fresh");
        }
    }

    @Test
    void whatTheFilterHasTaggedIsNotTaggedAgainAndOtherCookiesKeepTheirBytes() {
        String[] cookies = {
            "Set-Cookie: a=\"b, c\"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; path=\"/x\"",
            "Set-Cookie: JSESSIONID=4F2A.n1; Path=/;HttpOnly",
            "Set-Cookie: JSESSIONID=; Max-Age=0",
            "Set-Cookie: jsessionid=1",
            "Set-Cookie: z={\"k\":[1, 2]}"
        };
        String[] fields = Stream.concat(Stream.of("Limpet-Tagged: 4F2A.n1"), Stream.of(cookies))
                .toArray(String[]::new);
        try (RawNode n1 = RawNode.answering("n1", fields);
                TestProxy proxy = TestProxy.over(n1.node())) {
            List<String> lines = proxy.get("/").headers();

            assertThat(lines).containsSubsequence(cookies);
            assertThat(lines).filteredOn(line -> line.startsWith("Set-Cookie:")).hasSize(5);
            assertThat(lines).noneMatch(line -> line.startsWith("Limpet-"));
        }
    }

    // Tomcat with jvmRoute="n1", at a login that no filter sees; WildFly with instance-id n1, always
    @Test
    void aRouteOfTheContainersOwnThatEqualsOursIsNotTakenForTheFilters() {
        try (RawNode n1 = RawNode.answering(
                        "n1",
                        "Limpet-Tagged: 77B1.n1",
                        "Set-Cookie: JSESSIONID=4F2A.n1",
                        "Location: /;jsessionid=4F2A.n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            RawResponse response = proxy.get("/");

            assertThat(response.values("Set-Cookie")).containsExactly("JSESSIONID=4F2A.n1.n1");
            assertThat(response.values("Location")).containsExactly("/;jsessionid=4F2A.n1.n1");
            proxy.get("/", "Cookie: JSESSIONID=4F2A.n1.n1");
            assertThat(n1.requests().get(1).values("Cookie")).containsExactly("JSESSIONID=4F2A.n1");
        }
    }

    @Test
    void aNodeOfAnotherNameGetsNothing() {
        try (RawNode wrong = RawNode.answering("n7");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy =
                        TestProxy.over(new Node(new Route("n1"), wrong.node().uri()), n2.node())) {
            await().untilAsserted(() -> assertThat(
                            proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body())
                    .isEqualTo("n2"));
        }
    }

    @Test
    void noCookieAndNoPathMakesTheProxyFail() {
        Random random = new Random(17);
        String[] parts = {
            "JSESSIONID=",
            "4F2A",
            ".n1",
            ".n2",
            ".n9",
            ";",
            "; ",
            "=",
            "\"",
            ",",
            "\t",
            " ",
            "\\",
            "{}",
            "$",
            "\u00e9",
            "\u0080",
            "x".repeat(300),
            "%zz",
            "JSESSIONID",
            "/",
            "."
        };
        try (RawNode n1 = RawNode.answering("n1", SET_COOKIE);
                TestProxy proxy = TestProxy.over(n1.node(), RawNode.nobodyAt("n2"))) {
            for (int i = 0; i < 400; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(14); length > 0; length--) {
                    text.append(parts[random.nextInt(parts.length)]);
                }
                String path = text.toString().replaceAll("[ \t]", "");
                assertThat(proxy.get("/", "Cookie: " + text).status())
                        .as("cookie '%s'", text)
                        .isBetween(200, 499);
                assertThat(proxy.get("/;jsessionid=" + path).status())
                        .as("path '%s'", path)
                        .isBetween(200, 499);
                assertThat(proxy.get("/?" + path).status())
                        .as("query '%s'", path)
                        .isBetween(200, 499);
            }
        }
    }

    @Test
    void aCookieBeyondTheLimitIsTheClientsMistake() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=" + "x".repeat(100_000))
                            .status())
                    .isEqualTo(431);
            assertThat(proxy.get("/", "Cookie: JSESSIONID=" + "x".repeat(7_900)).status())
                    .isEqualTo(200);
        }
    }
}
