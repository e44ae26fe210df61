package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two nodes with nothing of Limpet in them, whose container writes their names as its own route, behind a proxy with
 * {@code tagging: container}.
 */
public final class ContainerRouted implements AutoCloseable {

    private static final int SESSIONS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Node n1 = new Node("n1", FreePorts.next(), 0);
    private final Node n2 = new Node("n2", FreePorts.next(), 0);
    private final int port = FreePorts.next();
    private final List<Program> programs = new ArrayList<>();

    private ContainerRouted() {}

    /**
     * Starts all, and returns when the nodes serve.
     *
     * @param server one that writes the name of a node that it starts into its cookies
     */
    public static ContainerRouted start(Server server) {
        ContainerRouted routed = new ContainerRouted();
        try {
            routed.startAll(server);
            return routed;
        } catch (IOException e) {
            routed.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            routed.close();
            throw e;
        }
    }

    private void startAll(Server server) throws IOException {
        WorkFolder work = WorkFolder.create(server + "-container-tagging");
        Path bare = BareContainer.withoutLimpet(work.folder().resolve("tmp/bare.war"));
        for (Node node : List.of(n1, n2)) {
            programs.add(server.start(node, work, bare, Map.of("LIMPET_NODE", node.name())));
        }
        server.awaitReady(n1, programs.get(0));
        server.awaitReady(n2, programs.get(1));
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline());
        List<String> options = List.of(
                "--node", option(n1), "--node", option(n2), "--health-kind", "path", "--health-path", "/api/cart");
        programs.add(ProxyProgram.start(work, java, port, List.of(), options));
    }

    private static String option(Node node) {
        return node.name() + "=" + node.uri() + ",tagging=container";
    }

    /** Fails unless each session has one cookie, as the container writes it, and stays on the node that it names. */
    public void assertSticky() {
        Set<String> nodes = new HashSet<>();
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            nodes.add(browser().get("/api/cart").cart().node());
            return nodes.size() == 2;
        });

        for (int i = 0; i < SESSIONS; i++) {
            Browser browser = browser();
            Answer first = browser.get("/api/cart");
            String node = first.cart().node();
            assertThat(first.setCookies()).hasSize(1);
            assertThat(browser.session()).matches("[0-9A-Za-z_-]+[.:]" + node);

            Answer second = browser.get("/api/cart");
            assertThat(second.setCookies()).isEmpty();
            assertThat(second.cart().node()).isEqualTo(node);
            assertThat(second.cart().visits()).isEqualTo(2);
        }
    }

    private Browser browser() {
        return new Browser(ProxyProgram.uri(port));
    }

    @Override
    public void close() {
        try {
            if (programs.size() > 2) {
                Operator.assertReasonsAddUp(programs.get(2));
            }
        } finally {
            programs.forEach(Program::close);
        }
    }
}
