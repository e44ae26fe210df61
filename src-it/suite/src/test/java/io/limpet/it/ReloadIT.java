package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeProgram;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code limpet-proxy --config FILE}, whose file changes while it runs. */
class ReloadIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The file is looked at each second, and read when it has rested for one. */
    private static final Duration LOOKS = Duration.ofSeconds(2);

    private final WorkFolder work = WorkFolder.create("reload");
    private final Path file = work.folder().resolve("limpet.yaml");
    private final int port = FreePorts.next();

    private void write(String more, Node... nodes) throws IOException {
        Path written = work.folder().resolve("limpet.yaml.new");
        Files.writeString(
                written,
                Stream.of(nodes)
                                .map(node -> "  " + node.name() + ": '" + node.uri() + "'")
                                .collect(Collectors.joining("\n", "nodes:\n", "\n"))
                        + more);
        Files.move(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Program start(Node node) {
        Map<String, String> named = Map.of("LIMPET_NODE", node.name());
        return NodeProgram.start(Container.TOMCAT_10, node, work, Artifact.WAR.path(), named);
    }

    /** The node of a new session; empty while nobody serves. */
    private String served() {
        try {
            Answer answer = new Browser(ProxyProgram.uri(port)).get("/api/cart");
            return answer.status() == 200 ? answer.cart().node() : "";
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    private void awaitServed(String node) {
        await(node + " to serve").atMost(LIMIT).until(() -> served().equals(node));
    }

    @Test
    void aFileThatChangesHoldsAtOnceOnAHangUpAndSoonWithoutAndAWrongOneNever() throws Exception {
        Node n1 = new Node("n1", FreePorts.next(), 0);
        Node n2 = new Node("n2", FreePorts.next(), 0);
        write("", n1);
        try (Program first = start(n1);
                Program second = start(n2);
                Program proxy = ProxyProgram.start(
                        work, List.of(Program.lifeline()), port, List.of(), List.of("--config", file.toString()))) {
            NodeProgram.awaitReady(first);
            NodeProgram.awaitReady(second);
            awaitServed("n1");

            write("", n2);
            proxy.awaitLine(Pattern.compile("new settings hold: nodes"), LIMIT);
            awaitServed("n2");

            write("cookie: 'a b'\nbalance: fairly\n", n1);
            String refusal = proxy.awaitLine(
                            Pattern.compile("the new settings are wrong, the old ones hold: .*"), LIMIT)
                    .group();
            assertThat(refusal).contains("cookie: 'a b'", "balance: 'fairly'");
            assertThat(served()).isEqualTo("n2");

            write("balance: round-robin\n", n2, n1);
            long signalled = System.nanoTime();
            proxy.signal("HUP");
            proxy.awaitLine(Pattern.compile("new settings hold: .*balance"), LIMIT);
            assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(LOOKS);
            awaitServed("n1");
            assertThat(proxy.isAlive()).isTrue();
            Operator.assertReasonsAddUp(proxy);
        }
    }

    @Test
    void aHangUpWhileTheProxyStartsDoesNotEndIt() throws Exception {
        Node nobody = new Node("n1", FreePorts.next(), 0);
        write("", nobody);
        try (Program proxy = ProxyProgram.start(
                work, List.of(Program.lifeline()), port, List.of(), List.of("--config", file.toString()))) {
            proxy.awaitLine(Pattern.compile("limpet-proxy listens on"), LIMIT);
            proxy.signal("HUP");
            proxy.awaitLine(Pattern.compile("the settings were read again and are as before"), LIMIT);
            assertThat(proxy.isAlive()).isTrue();
            Operator.assertReasonsAddUp(proxy);
        }
    }
}
