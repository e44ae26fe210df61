package io.limpet.proxy;

import static io.limpet.proxy.EitherProxy.onlyLimpetKeeps;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Of the seventeen things that Jetty's own proxy servlets get wrong, those of heads; the numbers are of the list in {@code
 * docs/http.md}. Each holds for Limpet's and fails for Jetty's.
 */
class SeventeenHeadsTest {

    private static final String EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    /** 2 */
    @Test
    void fieldsOfTheResponseAreNeitherSplitNorJoinedNorReordered() throws Exception {
        String[] lines = {
            "Set-Cookie: a=\"b, c\"; Path=\"/x\"",
            "Content-Disposition: attachment; filename=\"a, b.txt\"",
            "X-Json: {\"a\":[1,2],\"b\":\"c, d\"}",
            "Vary: Accept",
            "WWW-Authenticate: Basic realm=\"a, b\", Digest realm=\"c\"",
            "Vary: Cookie",
            "X-Latin: \u00fc\u00ff  two"
        };
        String answer = "HTTP/1.1 200 OK\r\n" + String.join("\r\n", lines) + "\r\nContent-Length: 0\r\n\r\n";
        try (SocketNode node = SocketNode.answering(answer)) {
            onlyLimpetKeeps(
                    node.node(), proxy -> assertThat(proxy.get("/").headers()).containsSubsequence(lines));
        }
    }

    /** 6 */
    @Test
    void aQueryThatIsNoUriIsForwardedAsItIs() throws Exception {
        try (SocketNode node = SocketNode.answering(EMPTY)) {
            onlyLimpetKeeps(node.node(), proxy -> {
                for (String target : new String[] {"/a?{}|\"", "/a?%zz"}) {
                    assertThat(proxy.get(target).status()).isEqualTo(200);
                    assertThat(node.heads().get(node.heads().size() - 1)).startsWith("GET " + target + " HTTP/1.1\r\n");
                }
            });
        }
    }

    /** 9, first half */
    @Test
    void a204WithALengthIsA204() throws Exception {
        try (SocketNode node = SocketNode.answering("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n")) {
            onlyLimpetKeeps(node.node(), proxy -> {
                RawResponse response = proxy.get("/");
                assertThat(response.status()).isEqualTo(204);
                assertThat(response.values("Content-Length")).isEmpty();
            });
        }
    }

    /**
     * 9, second half. The limit is the server's, 16 KB unless it is set: in one like ours Jetty's servlet does no worse;
     * in one as it is shipped it answers 500, and Limpet's does not start ({@link EmbeddedServletTest}).
     */
    @Test
    void aHeadOf30KilobytesPasses() throws Exception {
        String longest = "x".repeat(30_000);
        try (SocketNode node = SocketNode.answering(
                        "HTTP/1.1 200 OK\r\nX-Long: " + longest + "\r\nContent-Length: 0\r\n\r\n");
                EitherProxy limpet = EitherProxy.limpet(node.node());
                EitherProxy jettys = EitherProxy.jettysAsShipped(node.node())) {
            assertThat(limpet.get("/").values("X-Long")).containsExactly(longest);
            assertThat(jettys.get("/").status()).isEqualTo(500);
        }
    }

    /** 10 */
    @Test
    void theHostOfAnHttp2RequestReachesTheNode() throws Exception {
        try (SocketNode node = SocketNode.answering(EMPTY)) {
            onlyLimpetKeeps(node.node(), proxy -> {
                var client = proxy.http2();
                HttpRequest request = HttpRequest.newBuilder(proxy.uri())
                        .timeout(proxy.patience())
                        .build();
                client.send(request, BodyHandlers.discarding());
                node.heads().clear();
                assertThat(client.send(request, BodyHandlers.discarding()).version())
                        .isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
                assertThat(node.heads().get(0))
                        .containsIgnoringCase("\r\nhost: " + proxy.uri().getAuthority());
            });
        }
    }

    /** 11 */
    @Test
    void whatTheClientClaimsOfItselfDoesNotReachTheNode() throws Exception {
        try (SocketNode node = SocketNode.answering(EMPTY)) {
            onlyLimpetKeeps(node.node(), proxy -> {
                node.heads().clear();
                proxy.get("/", "Forwarded: for=6.6.6.6", "X-Forwarded-For: 6.6.6.6", "X-Real-IP: 6.6.6.6");
                assertThat(node.heads().get(0))
                        .contains("X-Forwarded-For: 127.0.0.1")
                        .doesNotContain("6.6.6.6");
            });
        }
    }

    /** 12, first half */
    @Test
    void connectionHostDoesNotTakeTheHostAway() throws Exception {
        try (SocketNode node = SocketNode.answering(EMPTY)) {
            onlyLimpetKeeps(node.node(), proxy -> {
                node.heads().clear();
                proxy.get("/", "Connection: Host, X-Mine", "X-Mine: 1");
                assertThat(node.heads().get(0))
                        .contains("\r\nHost: shop.example\r\n")
                        .doesNotContain("X-Mine");
            });
        }
    }

    /** 12, second half */
    @Test
    void whatAResponseNamesInConnectionStaysWithTheProxy() throws Exception {
        try (SocketNode node = SocketNode.answering(
                "HTTP/1.1 200 OK\r\nConnection: X-Mine\r\nX-Mine: 1\r\nContent-Length: 0\r\n\r\n")) {
            onlyLimpetKeeps(
                    node.node(),
                    proxy -> assertThat(proxy.get("/").values("X-Mine")).isEmpty());
        }
    }

    /** 15 */
    @Test
    void traceEndsAtTheProxy() throws Exception {
        try (SocketNode node = SocketNode.answering(EMPTY)) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    client.send("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n");
                    assertThat(client.read().status()).isEqualTo(405);
                }
                assertThat(node.heads()).isEmpty();
            });
        }
    }

    /** 16 */
    @Test
    void nobodyIsToldTheNameOfThisHostNorAnException() throws Exception {
        try (SocketNode node = SocketNode.answering("no HTTP at all\r\n\r\n")) {
            onlyLimpetKeeps(node.node(), proxy -> {
                node.heads().clear();
                RawResponse response = proxy.get("/");
                assertThat(response.status()).isEqualTo(502);
                assertThat(response.headers()).noneMatch(line -> line.matches("(?i)(via|server):.*"));
                assertThat(response.body().toLowerCase(java.util.Locale.ROOT)).doesNotContain("jetty", "exception");
                assertThat(node.heads().get(0)).doesNotContain("Via:");
            });
        }
    }

    /** 5 */
    @Test
    void aConnectionThatTheNodeHasClosedInThePoolCostsNoRequest() throws Exception {
        AtomicInteger served = new AtomicInteger();
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, EMPTY);
            served.incrementAndGet();
            connection.close();
        })) {
            onlyLimpetKeeps(node.node(), proxy -> {
                try (WireClient client = proxy.connect()) {
                    for (int i = 0; i < 60; i++) {
                        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                        assertThat(client.read().status()).as("request %d", i).isEqualTo(200);
                    }
                }
            });
            assertThat(served).hasValueGreaterThanOrEqualTo(60);
        }
    }
}
