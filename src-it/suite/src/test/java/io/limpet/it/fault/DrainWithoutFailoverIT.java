package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes n1 and n2 without failover, of which n1 is to be left. */
class DrainWithoutFailoverIT {

    private final WorkFolder work = WorkFolder.create("drain");
    private final Path lingering = work.folder().resolve("lingering");
    private final Node n1 = new Node("n1", FreePorts.next(), 0);
    private final Node n2 = new Node("n2", FreePorts.next(), 0);
    private final int port = FreePorts.next();

    @AfterEach
    void lingerNoMore() throws IOException {
        Files.deleteIfExists(lingering);
    }

    /** All of it, from when n1 is used on. */
    private record Running(Program first, Program second, Program proxy, Operator operator) implements AutoCloseable {

        @Override
        public void close() {
            try (first;
                    second;
                    proxy) {
                Operator.assertReasonsAddUp(proxy);
            }
        }
    }

    private Running running(Container container) {
        Program first = start(container, n1);
        Program second = start(container, n2);
        Map<String, String> token = Map.of(Operator.TOKEN_NAME, Operator.TOKEN);
        Program proxy = ProxyProgram.start(work, List.of(Program.lifeline()), port, List.of(n1, n2), List.of(), token);
        Running running = new Running(first, second, proxy, new Operator(proxy, work));
        try {
            NodeProgram.awaitReady(first);
            NodeProgram.awaitReady(second);
            running.operator.awaitState("n1", "ready");
            return running;
        } catch (RuntimeException | Error e) {
            try (running) {
                throw e;
            }
        }
    }

    private Program start(Container container, Node node) {
        Map<String, String> environment = Map.of("LIMPET_NODE", node.name(), "IT_LINGER", lingering.toString());
        return NodeProgram.start(container, node, work, Artifact.WAR.path(), environment);
    }

    private Browser browser() {
        return new Browser(ProxyProgram.uri(port));
    }

    private Browser visitorOfN1() {
        return Stream.generate(this::browser)
                .limit(100)
                .filter(browser -> browser.add("mug").node().equals("n1"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_10", "UNDERTOW"})
    void aDeadSessionGoesElsewhereInOneRequestALiveOneStaysAndTheDrainEndsWithIt(Container container) {
        try (Running running = running(container)) {
            Operator operator = running.operator();
            Browser live = visitorOfN1();
            Browser gone = visitorOfN1();
            String dead = gone.session();
            assertThat(gone.post("/api/logout").status()).isEqualTo(200);
            operator.command("drain", "n1");
            operator.awaitState("n1", "draining");

            Browser yesterdays = Browser.with(ProxyProgram.uri(port), dead);
            Cart begun = yesterdays.cart(); // fails unless it is 200
            assertThat(begun.node()).isEqualTo("n2");
            assertThat(begun.items()).isEmpty();
            assertThat(yesterdays.session()).endsWith(".n2");
            assertThat(live.add("bucket").items()).containsExactly("mug", "bucket");
            assertThat(live.cart().node()).isEqualTo("n1");
            assertThat(operator.state("n1")).isEqualTo("draining");

            live.post("/api/logout");
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> operator.state("n1").equals("drained"));
        }
    }

    @Test
    void aNodeThatIsToldToEndByASignalDrainsForAsLongAsItsContainerTakes() throws IOException {
        Files.createFile(lingering);
        try (Running running = running(Container.TOMCAT_10)) {
            Operator operator = running.operator();
            Browser live = visitorOfN1();

            running.first().signal("TERM");
            operator.awaitState("n1", "draining");
            assertThat(IntStream.range(0, 20).mapToObj(i -> browser().add("mug").node()))
                    .containsOnly("n2");
            assertThat(live.add("bucket").items()).containsExactly("mug", "bucket");

            Files.delete(lingering);
            running.first().awaitSignalled();
            assertThat(live.cart().node()).isEqualTo("n2");
        }
    }
}
