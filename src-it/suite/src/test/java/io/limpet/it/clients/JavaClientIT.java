package io.limpet.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's own client, many requests at once, as it likes to begin and in HTTP/1.1, in clear and over TLS. */
class JavaClientIT {

    private static TalkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TalkCluster.start("java-client");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    /** With HTTP/2 as its wish it asks for an upgrade to h2c first, and does without. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void manyPostsAtOnceReachTheNodesOfTheirSessions(Version version) throws Exception {
        manyPostsAtOnce(HttpClient.newBuilder().version(version).build(), cluster.uri(), Version.HTTP_1_1);
    }

    /** Over TLS it speaks the version that it wishes, and says so. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void overTlsTheyDoToo(Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(cluster.certificate().trusted())
                .build();
        manyPostsAtOnce(client, cluster.secureUri(), version);
    }

    private static void manyPostsAtOnce(HttpClient client, URI proxy, Version spoken) throws Exception {
        Map<String, String> cookies = Map.of("n1", cluster.sessionOn("n1"), "n2", cluster.sessionOn("n2"));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/bodies"))
                    .header("Cookie", cookies.get(i % 2 == 0 ? "n1" : "n2"))
                    .timeout(Duration.ofSeconds(60))
                    .POST(BodyPublishers.ofString("x".repeat(i)))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get(60, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(spoken);
            assertThat(answer.body()).startsWith((i % 2 == 0 ? "n1 " : "n2 ") + i + " ");
        }
    }
}
