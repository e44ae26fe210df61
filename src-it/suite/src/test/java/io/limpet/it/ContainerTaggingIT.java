package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeProgram;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code tagging: container}: Tomcats with their {@code jvmRoute}, and nothing of Limpet in them. */
class ContainerTaggingIT {

    private static final int SESSIONS = 20;

    private final WorkFolder work = WorkFolder.create("container-tagging");
    private final Node n1 = new Node("n1", FreePorts.next(), 0);
    private final Node n2 = new Node("n2", FreePorts.next(), 0);
    private final int port = FreePorts.next();
    private final List<Program> programs = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Path bare = BareContainer.withoutLimpet(work.folder().resolve("tmp/bare.war"));
        for (Node node : List.of(n1, n2)) {
            Map<String, String> environment =
                    Map.of("LIMPET_NODE", node.name(), "JAVA_TOOL_OPTIONS", "-DjvmRoute=" + node.name());
            programs.add(NodeProgram.start(Container.TOMCAT_11, node, work, bare, environment));
        }
        programs.forEach(NodeProgram::awaitReady);
        programs.add(ProxyProgram.start(
                work,
                List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline()),
                port,
                List.of(),
                List.of(
                        "--node",
                        option(n1),
                        "--node",
                        option(n2),
                        "--health-kind",
                        "path",
                        "--health-path",
                        "/api/cart")));
    }

    private static String option(Node node) {
        return node.name() + "=" + node.uri() + ",tagging=container";
    }

    @AfterEach
    void end() {
        try {
            Operator.assertReasonsAddUp(programs.get(programs.size() - 1));
        } finally {
            programs.forEach(Program::close);
        }
    }

    @Test
    void sessionsStayOnTheNodeThatTomcatsOwnRouteNames() {
        Set<String> nodes = new HashSet<>();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            nodes.add(browser().get("/api/cart").cart().node());
            return nodes.size() == 2;
        });

        for (int i = 0; i < SESSIONS; i++) {
            Browser browser = browser();
            Answer first = browser.get("/api/cart");
            String node = first.cart().node();
            assertThat(first.setCookies()).hasSize(1);
            assertThat(browser.session()).matches("[0-9A-F]{32}\\." + node);

            Answer second = browser.get("/api/cart");
            assertThat(second.setCookies()).isEmpty();
            assertThat(second.cart().node()).isEqualTo(node);
            assertThat(second.cart().visits()).isEqualTo(2);
        }
    }

    private Browser browser() {
        return new Browser(ProxyProgram.uri(port));
    }
}
