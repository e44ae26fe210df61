package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications of one server, each with the filter. */
class WholeNodeTest {

    private static final Duration LONGER_THAN_QUIET = Duration.ofMillis(2_500);

    private FilteredTomcat tomcat;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path work;

    /** Its {@code /begin} makes a session, its {@code /end} ends it, and its {@code /missing} is not there. */
    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getServletPath()) {
                case "/end" -> request.getSession().invalidate();
                case "/missing" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
                default -> request.getSession();
            }
        }
    }

    @BeforeEach
    void start() {
        Map<String, String> settings = Map.of("node", "whole-node");
        tomcat = new FilteredTomcat(work)
                .with("/shop", new Page(), settings)
                .with("/desk", new Page(), settings)
                .start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(tomcat.uri(path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return http.send(
                request(path)
                        .header("Cookie", cookie)
                        .header("Limpet-Route", "owner")
                        .build(),
                BodyHandlers.ofString());
    }

    /** The cookie of a new session, as the proxy would send it: without the route. */
    private String begin(String application) throws Exception {
        HttpResponse<String> answer = get(application + "/begin", "a=b");
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst("\\.whole-node;.*", "");
    }

    private String status() throws Exception {
        return http.send(request("/shop/limpet/status").build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void eachTellsOfBoth() throws Exception {
        begin("/desk");
        begin("/desk");
        assertThat(status())
                .contains("\"sessions\":0,\"inFlight\":0")
                .containsPattern("\"applications\":\\[\\{\"context\":\"/shop\",\"failover\":\"off\",\"sessions\":0,")
                .containsPattern(
                        "\\{\"context\":\"/desk\",\"failover\":\"off\",\"sessions\":2,\"seq\":\\d+,\"inFlight\":0}]");
    }

    @Test
    void anApplicationThatHasEndedIsToldOfNoMore() throws Exception {
        begin("/desk");
        tomcat.undeploy("/desk");
        assertThat(status()).doesNotContain("/desk");
    }

    @Test
    void anAnswerTellsTheSessionsOfItsOwnApplication() throws Exception {
        begin("/desk");
        String cookie = begin("/desk");
        begin("/shop");
        HttpResponse<String> answer = get("/desk/end", cookie);
        assertThat(answer.headers().firstValue("Limpet-Session").orElseThrow())
                .matches("[a-z]+; live=1; seq=\\d+; context=/desk");
        assertThat(get("/shop/begin", "a=b").headers().firstValue("Limpet-Session"))
                .hasValueSatisfying(it -> assertThat(it).matches("new; live=2; seq=\\d+; context=/shop"));
    }

    @Test
    void thatAPageIsMissingIsAlwaysTheApplicationsWord() throws Exception {
        for (int i = 0; i < 20; i++) { // far more often than a count is told that stays as it is
            assertThat(get("/shop/missing", "a=b").headers().firstValue("Limpet-Session"))
                    .hasValueSatisfying(it -> assertThat(it).matches("kept; live=0; seq=\\d+; context=/shop"));
        }
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        return http.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> drained(String application) {
        return http.sendAsync(
                request(application + "/limpet/drain?wait=20s")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static void assertDrained(CompletableFuture<HttpResponse<String>> drained) throws Exception {
        await().until(drained::isDone);
        assertThat(drained.get().headers().firstValue("Limpet-Drained")).contains("true");
    }

    @Test
    void whoWaitsForTheDrainOfTheOneWaitsForTheSessionsOfTheOther() throws Exception {
        String cookie = begin("/desk");
        CompletableFuture<HttpResponse<String>> drained = drained("/shop");
        await().pollDelay(LONGER_THAN_QUIET).until(() -> !drained.isDone());
        get("/desk/end", cookie);
        assertDrained(drained);
    }

    @Test
    void theNodeDrainsWhicheverOfItsApplicationsIsToldAndIsCalledBackByAny() throws Exception {
        send("POST", "/desk/limpet/drain");
        assertThat(status()).contains("\"state\":\"draining\"");

        assertThat(send("DELETE", "/shop/limpet/drain").body()).contains("\"state\":\"ready\"");
        assertThat(send("GET", "/desk/limpet/status").body()).contains("\"state\":\"ready\"");
    }

    @Test
    void whoWaitsAtTheOneIsNotAnsweredBeforeTheOtherWhichIsProbedHasToldIt() throws Exception {
        status(); // as a proxy does
        CompletableFuture<HttpResponse<String>> drained = drained("/desk");
        await().during(LONGER_THAN_QUIET).until(() -> !drained.isDone());
        assertThat(status()).contains("\"state\":\"draining\"");
        assertDrained(drained);
    }

    @Test
    void whoWaitsAtTheOneIsNotAnsweredWhileTheOtherGetsRequests() throws Exception {
        CompletableFuture<HttpResponse<String>> drained = drained("/desk");
        await().pollInterval(Duration.ofMillis(200))
                .during(LONGER_THAN_QUIET)
                .until(() -> get("/shop/end", "a=b").statusCode() == 200 && !drained.isDone());
        assertDrained(drained);
    }
}
