package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.route.RequestSeal;
import io.limpet.route.Secret;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {

    private static final String SECRET = "0123456789abcdef";

    private FilteredTomcat tomcat;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path work;

    /** An application whose {@code /begin} makes a session and whose {@code /end} ends it. */
    private static final class Application extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            if (request.getServletPath().equals("/end")) {
                request.getSession().invalidate();
            } else {
                request.getSession();
            }
        }
    }

    @BeforeEach
    void prepare() {
        tomcat = new FilteredTomcat(work);
    }

    private void start(String secret) {
        Map<String, String> settings = secret.isEmpty() ? Map.of("node", "n1") : Map.of("node", "n1", "secret", secret);
        tomcat.with("/shop", new Application(), settings).start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(tomcat.uri("/shop" + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String status() throws IOException, InterruptedException {
        return send("GET", "/limpet/status").body();
    }

    @Test
    void aNodeThatIsToldToDrainSaysSoInItsStatusUntilItIsCalledOff() throws Exception {
        start("");
        assertThat(status()).contains("\"state\":\"ready\"");

        assertThat(send("POST", "/limpet/drain").body()).contains("\"state\":\"draining\"");
        assertThat(status()).contains("\"state\":\"draining\"");

        send("DELETE", "/limpet/drain");
        assertThat(status()).contains("\"state\":\"ready\"");
    }

    @Test
    void aGetChangesNothing() throws Exception {
        start("");

        assertThat(send("GET", "/limpet/drain").statusCode()).isEqualTo(405);
        assertThat(status()).contains("\"state\":\"ready\"");
    }

    @Test
    void theOneWhoWaitsIsNotAnsweredBeforeTheProxyThatProbesKnowsOfTheDrain() throws Exception {
        start("");
        status(); // as a proxy does
        CompletableFuture<HttpResponse<String>> drained = http.sendAsync(
                request("/limpet/drain?wait=25s")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        await().during(Duration.ofSeconds(3)).until(() -> !drained.isDone());

        assertThat(status()).contains("\"state\":\"draining\"");

        assertThat(drained.get(10, TimeUnit.SECONDS).headers().firstValue("Limpet-Drained"))
                .contains("true");
    }

    @Test
    void theOneWhoWaitsIsAnsweredWhenTheLastSessionHasEnded() throws Exception {
        start("");
        String cookie = send("GET", "/begin")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst("\\.n1.*", "");
        CompletableFuture<HttpResponse<String>> drained = http.sendAsync(
                request("/limpet/drain?wait=25s")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        await().untilAsserted(() -> assertThat(status()).contains("\"state\":\"draining\""));
        assertThat(drained).isNotDone();

        send("GET", "/end", "Cookie", cookie);

        await().atMost(Duration.ofSeconds(10)).until(drained::isDone);
        assertThat(drained.get().headers().firstValue("Limpet-Drained")).contains("true");
        assertThat(drained.get().body()).contains("\"sessions\":0");
    }

    @Test
    void theOneWhoWaitsIsAnsweredAtTheDeadline() throws Exception {
        start("");
        send("GET", "/begin");

        HttpResponse<String> answer = send("POST", "/limpet/drain?wait=200ms");

        assertThat(answer.headers().firstValue("Limpet-Drained")).contains("false");
        assertThat(answer.body()).contains("\"sessions\":1", "\"state\":\"draining\"");
    }

    @Test
    void aTimeThatCannotBeReadOrIsTooLongIsRefused() throws Exception {
        start("");

        assertThat(send("POST", "/limpet/drain?wait=soon").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/limpet/drain?wait=11m").statusCode()).isEqualTo(400);
        assertThat(status()).contains("\"state\":\"ready\"");
    }

    @Test
    void aRequestThatAProxyPassesOnDrainsNothing() throws Exception {
        start("");

        assertThat(send("POST", "/limpet/drain", "X-Forwarded-For", "127.0.0.1").statusCode())
                .isEqualTo(404);
        assertThat(status()).contains("\"state\":\"ready\"");
    }

    @Test
    void aStatusThatIsKeptFromOneWithAnotherSecretSaysSoAndNobodyElseHearsOfIt() throws Exception {
        start(SECRET);
        String seal = new RequestSeal(List.of(new Secret(SECRET + "0")))
                .of("/shop/limpet/status", System.currentTimeMillis() / 1_000);
        HttpResponse<String> sealed = send("GET", "/limpet/status", RequestSeal.HEADER, seal);
        assertThat(sealed.statusCode()).isEqualTo(404);
        assertThat(sealed.headers().allValues(RequestSeal.ANSWER)).containsExactly(RequestSeal.REFUSED);

        HttpResponse<String> plain = send("GET", "/limpet/status");
        assertThat(plain.statusCode()).isEqualTo(404);
        assertThat(plain.headers().map()).doesNotContainKey(RequestSeal.ANSWER);
    }

    @Test
    void withASecretOnlyWhoKnowsItDrains() throws Exception {
        start(SECRET);
        RequestSeal seal = new RequestSeal(List.of(new Secret(SECRET)));
        long now = System.currentTimeMillis() / 1_000;
        String ofStatus = seal.of("/shop/limpet/status", now);

        assertThat(send("POST", "/limpet/drain").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/limpet/drain", RequestSeal.HEADER, ofStatus).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/limpet/drain", "Authorization", "Bearer " + SECRET + "0")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/limpet/status", RequestSeal.HEADER, ofStatus).body())
                .contains("\"state\":\"ready\"");

        assertThat(send("POST", "/limpet/drain", "Authorization", "Bearer " + SECRET)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("DELETE", "/limpet/drain", RequestSeal.HEADER, seal.of("/shop/limpet/drain", now))
                        .body())
                .contains("\"state\":\"ready\"");
    }
}
