package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.node.NodeState;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file is written again and again under load, sometimes wrong, and read by the API. */
class FileReconfigurationTest {

    private static final int CHANGES = Integer.getInteger("limpet.changes", 100);
    private static final int SESSIONS = 20;
    private static final String TOKEN = "a-token-for-operators";

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Set<String>> servers = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private static String nodes(int weight, SocketNode... nodes) {
        return Stream.of(nodes)
                .map(node -> node.node() + ": {url: '" + node.node().uri() + "', weight: " + weight + "}")
                .collect(Collectors.joining(", ", "nodes: {", "}\n"));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(
                directory.resolve("limpet.yaml"), text + "admin: 127.0.0.1:0\nadmin-token: " + TOKEN + "\n");
    }

    /** Other settings at each change. */
    private static String varied(int change) {
        return "balance: "
                + List.of("two-choices", "round-robin", "least-requests", "weighted")
                        .get(change % 4)
                + "\nslow-start: " + change % 3 + "s\ntakeover: {rate: " + 10_000 * (change % 3)
                + "}\nrebalance: {rate: " + change % 2 * 5 + "}\nhealth: {interval: " + (20 + change % 5)
                + "ms, rise: 1, fall: " + (3 + change % 2) + "}\n";
    }

    private HttpResponse<String> reload(TestProxy proxy) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(proxy.admin().resolve("/api/reload"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<String> sessions() {
        return Stream.of("n1", "n2", "n3")
                .flatMap(node -> IntStream.range(0, SESSIONS).mapToObj(i -> "session" + i + "." + node))
                .toList();
    }

    private Set<String> served(String session) {
        return servers.computeIfAbsent(session, any -> ConcurrentHashMap.newKeySet());
    }

    /** Sends requests of each session in turn until it is over; answers whatever was not 200. */
    private List<String> wrongAnswers(TestProxy proxy, List<String> sessions) {
        List<String> wrong = new ArrayList<>();
        while (!over.get()) {
            for (String session : sessions) {
                RawResponse answer = proxy.get("/", "Cookie: JSESSIONID=" + session);
                requests.incrementAndGet();
                if (answer.status() != 200) {
                    wrong.add(session + ": " + answer.status());
                }
                served(session).addAll(answer.values("Served-By"));
            }
        }
        return wrong;
    }

    @Test
    void filesThatComeAndGoUnderLoadFailNoRequestAndMoveNoSessionThatNeedNot() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                SocketNode n3 = SocketNode.named("n3");
                TestProxy proxy = TestProxy.following(write(nodes(1, n1, n2, n3) + varied(0)))) {
            List<Future<List<String>>> wrong = new ArrayList<>();
            for (int client = 0; client < 3; client++) {
                List<String> own = sessions().subList(client * SESSIONS, (client + 1) * SESSIONS);
                wrong.add(clients.submit(() -> wrongAnswers(proxy, own)));
            }
            for (int change = 0; change < CHANGES; change++) {
                if (change % 5 == 4) {
                    write(nodes(1, n3) + "cookie: 'a b'\nbalance: fairly\n");
                    HttpResponse<String> refused = reload(proxy);
                    assertThat(refused.statusCode()).isEqualTo(409);
                    assertThat(refused.body()).contains("cookie: 'a b'", "balance: 'fairly'");
                    continue;
                }
                int weight = 1 + change % 7;
                write((change % 2 == 0 ? nodes(weight, n2, n1) : nodes(weight, n1, n2, n3)) + varied(change));
                assertThat(reload(proxy).statusCode()).isEqualTo(200);
                if (change % 2 == 1) {
                    await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.state(n3.node()) == NodeState.READY);
                }
                int before = requests.get();
                await().pollInterval(Duration.ofMillis(1)).until(() -> requests.get() >= before + SESSIONS);
            }
            over.set(true);
            for (Future<List<String>> answers : wrong) {
                assertThat(answers.get(20, TimeUnit.SECONDS)).isEmpty();
            }
        } finally {
            over.set(true);
            clients.shutdownNow();
        }
        assertThat(sessions()).allSatisfy(session -> {
            String own = session.substring(session.length() - 2);
            // of a node that comes and goes: there, or at the one that every proxy would choose instead
            Set<String> others = new HashSet<>(served(session));
            others.remove(own);
            assertThat(others).hasSizeLessThanOrEqualTo(own.equals("n3") ? 1 : 0);
        });
        assertThat(sessions().stream()
                        .filter(session -> session.endsWith("n3"))
                        .flatMap(session -> served(session).stream()))
                .contains("n1", "n2", "n3");
    }
}
