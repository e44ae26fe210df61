package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.Test;

/** The servlet in a Jetty of the user's own, set up by init parameters. */
class EmbeddedServletTest {

    @Test
    void initParametersAreTheSettings() throws Exception {
        try (RawNode n1 = RawNode.answering("n1", "Set-Cookie: SID=4F2A", "Server: tomcat");
                ForeignJetty server = ForeignJetty.strict(Map.of(
                        "nodes",
                        "n1=" + n1.node().uri() + ",tagging=limpet,\n  n2=http://127.0.0.1:1",
                        "cookie",
                        "SID"))) {
            var response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                                    .header("Cookie", "SID=x.n1")
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("n1");
            assertThat(response.headers().allValues("Set-Cookie")).containsExactly("SID=4F2A.n1");
            assertThat(response.headers().allValues("Server")).containsExactly("tomcat");
            assertThat(response.headers().allValues("Date")).hasSize(1);
        }
    }

    @Test
    void limitsOfBodiesHoldInAnyServer() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                ForeignJetty server =
                        ForeignJetty.strict(Map.of("nodes", "n1=" + n1.node().uri(), "limits.body", "10"));
                WireClient client = new WireClient(server.port(), Duration.ofSeconds(20))) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n01234567890");
            assertThat(client.read().status()).isEqualTo(413);
            assertThat(n1.requests()).isEmpty();
        }
    }

    @Test
    void wrongInitParametersStopTheServerFromStartingAndAreAllNamed() {
        assertThatThrownBy(() -> ForeignJetty.strict(Map.of("nodes", "nonsense", "health.rise", "0")))
                .hasMessageContaining("init-param nodes: 'nonsense' has no name")
                .hasMessageContaining("init-param health.rise: '0'");
    }

    @Test
    void aServerThatForgivesWhatOthersReadOtherwiseDoesNotStartAndIsToldWhatToSet() {
        HttpConfiguration lax = new HttpConfiguration();
        lax.setUriCompliance(UriCompliance.UNSAFE);

        assertThatThrownBy(() -> new ForeignJetty(lax, Map.of("nodes", "n1=http://127.0.0.1:1")))
                .hasMessageContaining("forgives [LF_HEADER_TERMINATION]")
                .hasMessageContaining("setHttpCompliance(HttpCompliance.STRICT)")
                .hasMessageContaining("AMBIGUOUS_PATH_SEGMENT")
                .hasMessageContaining("setUriCompliance(UriCompliance.DEFAULT)")
                .hasMessageContaining("setHeaderCacheCaseSensitive(true)")
                .hasMessageContaining("setSendServerVersion(false)");
    }

    @Test
    void aServerThatCutsHeadsThatMayPassDoesNotStartAndIsToldWhatToSet() throws Exception {
        HttpConfiguration shorter = ForeignJetty.strict();
        shorter.setMaxResponseHeaderSize(16 * 1024);

        assertThatThrownBy(() -> new ForeignJetty(shorter, Map.of("nodes", "n1=http://127.0.0.1:1")))
                .hasMessageContaining("setMaxResponseHeaderSize(65536), or set limits.head to 16384");
        try (RawNode n1 = RawNode.answering("n1", "X-Long: " + "x".repeat(30_000));
                ForeignJetty server = new ForeignJetty(
                        shorter, Map.of("nodes", "n1=" + n1.node().uri(), "limits.head", "16k"));
                WireClient client = new WireClient(server.port(), Duration.ofSeconds(20))) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read().status())
                    .isEqualTo(502);
        }
    }

    @Test
    void valuesKeepTheirLettersAndNobodyTellsWhatTheServerIs() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                ForeignJetty server =
                        ForeignJetty.strict(Map.of("nodes", "n1=" + n1.node().uri()));
                WireClient client = new WireClient(server.port(), Duration.ofSeconds(20))) {
            for (String value : List.of("Basic aBcD", "Basic AbCd")) {
                client.send(
                        "GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: GZIP\r\nAuthorization: " + value + "\r\n\r\n");
                assertThat(client.read().values("Server")).isEmpty();
            }
            assertThat(n1.requests())
                    .extracting(it -> it.values("Authorization"))
                    .containsExactly(List.of("Basic aBcD"), List.of("Basic AbCd"));
            assertThat(n1.requests())
                    .extracting(it -> it.values("Accept-Encoding"))
                    .containsOnly(List.of("GZIP"));
        }
    }

    @Test
    void pathsThatAreAmbiguousAndNothingElseMayBeForgiven() throws Exception {
        HttpConfiguration http = ForeignJetty.strict();
        http.setUriCompliance(
                UriCompliance.DEFAULT.with("double slash", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        try (RawNode n1 = RawNode.answering("n1");
                ForeignJetty server =
                        new ForeignJetty(http, Map.of("nodes", "n1=" + n1.node().uri()));
                WireClient client = new WireClient(server.port(), Duration.ofSeconds(20))) {
            assertThat(client.send("GET /a//b HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read()
                            .body())
                    .isEqualTo("n1");
        }
    }
}
