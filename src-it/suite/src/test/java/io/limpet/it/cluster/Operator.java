package io.limpet.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.limpet.it.client.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who looks at a running proxy's admin listener, and orders by its commands. */
public final class Operator {

    /** How proxies and commands are told it. */
    public static final String TOKEN_NAME = "LIMPET_ADMIN_TOKEN";
    /** Its proxy's. */
    public static final String TOKEN = "a-token-of-the-black-box-tests";

    private static final Pattern ADMIN = Pattern.compile("dashboard, API and metrics are at (http://[\\d.:]+)");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Program proxy;
    private final WorkFolder work;

    /** Of this proxy, which writes its logs there. */
    public Operator(Program proxy, WorkFolder work) {
        this.proxy = proxy;
        this.work = work;
    }

    /** Where the proxy's admin listener is. */
    private static URI uri(Program proxy) {
        return URI.create(proxy.awaitLine(ADMIN).group(1));
    }

    /** {@code limpet-proxy drain n1}, and the like, as a process of its own. */
    public void command(String... words) {
        List<String> command =
                new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", Program.lifeline(), "-jar"));
        command.add(Artifact.PROXY.path().toString());
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--admin", uri(proxy).getAuthority()));
        try (Program program = Program.start(words[0], work.log("command"), Map.of(TOKEN_NAME, TOKEN), command)) {
            program.awaitSuccess();
        }
    }

    private JsonNode node(String name) {
        JsonNode nodes =
                new Browser(uri(proxy)).get("/api/nodes").json(JsonNode.class).path("nodes");
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> node.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + name + " in " + nodes));
    }

    /** The state that the proxy has the node in. */
    public String state(String name) {
        return node(name).path("state").asText();
    }

    /** Waits until the proxy has the node in this state. */
    public void awaitState(String name, String state) {
        await(name + " to be " + state)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(name).equals(state));
    }

    /** The lines of the proxy's log that contain each of these. */
    public List<String> logged(String... words) {
        return proxy.said(words);
    }

    /** The node's live sessions, as the proxy has them. */
    public long sessions(String name) {
        return node(name).path("sessions").asLong();
    }

    /** How many times the mean of all nodes' live sessions the fullest has. */
    public double imbalance(List<Node> nodes) {
        long[] sessions =
                nodes.stream().mapToLong(node -> sessions(node.name())).toArray();
        return Arrays.stream(sessions).max().orElseThrow()
                / Arrays.stream(sessions).average().orElseThrow();
    }

    /** Every state that the node was in during the last two minutes. */
    public List<String> states(String name) {
        return StreamSupport.stream(node(name).path("history").spliterator(), false)
                .map(JsonNode::asText)
                .distinct()
                .toList();
    }

    /** The sum of all lines of this metric that contain each of these. */
    public long count(String metric, String... tags) {
        return sum(scrape(uri(proxy)), metric, tags);
    }

    private static String scrape(URI admin) {
        return new Browser(admin).get("/metrics").body();
    }

    private static long sum(String metrics, String name, String... tags) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Fails unless every request that the proxy has got is over, each for one reason and with one status. */
    public void assertReasonsAddUp() {
        assertReasonsAddUp(proxy);
    }

    /** The same of any proxy; of one that the test itself has ended nobody can tell. */
    public static void assertReasonsAddUp(Program proxy) {
        if (proxy.wasEnded()) {
            return;
        }
        assertThat(proxy.isAlive()).as("the proxy lives, see " + proxy.log()).isTrue();
        assertReasonsAddUp(uri(proxy));
    }

    /** The same of the proxy whose log is this. */
    static void assertReasonsAddUp(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            assertReasonsAddUp(lines.map(ADMIN::matcher)
                    .filter(Matcher::find)
                    .map(found -> URI.create(found.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no admin listener in " + log)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertReasonsAddUp(URI admin) {
        await("the last requests to end").atMost(LIMIT).pollDelay(Duration.ZERO).untilAsserted(() -> {
            String metrics = scrape(admin);
            long received = sum(metrics, "limpet_requests_received_total");
            assertThat(sum(metrics, "limpet_requests_total"))
                    .as("the reasons add up")
                    .isEqualTo(received);
            assertThat(sum(metrics, "limpet_responses_total"))
                    .as("the statuses add up")
                    .isEqualTo(received);
        });
    }
}
