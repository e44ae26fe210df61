package io.limpet.it.judge;

import static org.awaitility.Awaitility.await;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Two nodes of one container with the filtered probe in all its variants, and a proxy for each name of the cookie. */
final class ProbeCluster implements AutoCloseable {

    /** Applications of which each but the first lies below the path of the one before. */
    static final List<String> NESTED = List.of("", "/shop", "/shop/admin");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Container container;
    private final WorkFolder work;
    private final List<Node> nodes = List.of(node("n1"), node("n2"));
    private final List<ProbeNode> running = new ArrayList<>();
    private final Map<Carrier, URI> proxies = new EnumMap<>(Carrier.class);
    private final List<Program> programs = new ArrayList<>();

    private ProbeCluster(Container container) {
        this.container = container;
        work = WorkFolder.create(container + "-tagging");
        nodes.forEach(node -> running.add(ProbeNode.start(container, node, work, wars())));
        for (Carrier carrier : Carrier.values()) {
            proxies.put(carrier, carrier == Carrier.URL ? uri(Carrier.COOKIE) : startProxy(carrier));
        }
    }

    /** Starts all, and returns when each proxy uses each node. */
    static ProbeCluster start(Container container) {
        ProbeCluster cluster = new ProbeCluster(container);
        try {
            cluster.running.forEach(ProbeNode::awaitReady);
            cluster.proxies.keySet().stream()
                    .filter(carrier -> carrier != Carrier.URL)
                    .forEach(cluster::awaitBothNodes);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static Node node(String name) {
        return new Node(name, FreePorts.next(), FreePorts.next());
    }

    /** The bare ones say what a container's cookie looks like. */
    private static Map<String, ProbeWar> wars() {
        Map<String, ProbeWar> wars = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            wars.put(carrier.context(Limpet.NONE), new ProbeWar(Limpet.NONE, carrier.contextParams()));
            wars.put(carrier.context(Limpet.FILTER), new ProbeWar(Limpet.FILTER, carrier.contextParams()));
        }
        NESTED.forEach(path -> wars.put(path, new ProbeWar(Limpet.FILTER, Map.of())));
        return wars;
    }

    private URI startProxy(Carrier carrier) {
        int port = FreePorts.next();
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", Program.lifeline());
        List<String> options = List.of(
                "--cookie",
                carrier.cookie(),
                "--health-path",
                Carrier.COOKIE.context(Limpet.FILTER) + "/limpet/status",
                "--health-rise",
                "1");
        programs.add(ProxyProgram.start(work, java, port, nodes, options));
        return ProxyProgram.uri(port);
    }

    private void awaitBothNodes(Carrier carrier) {
        for (Node node : nodes) {
            await("the proxy to use " + node.name())
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> visitor(carrier)
                            .ask("/do?create")
                            .all("Set-Cookie")
                            .toString()
                            .contains("." + node.name() + ";"));
        }
    }

    /** A new visitor of one of the filtered applications, through the proxy. */
    Visitor visitor(Carrier carrier) {
        return visitor(uri(carrier), carrier, carrier.context(Limpet.FILTER));
    }

    /** A new visitor of one of the applications without the filter, past the proxy. */
    Visitor visitorOfBare(Carrier carrier) {
        return visitor(nodes.get(0).uri(), carrier, carrier.context(Limpet.NONE));
    }

    private static Visitor visitor(URI origin, Carrier carrier, String context) {
        return new Visitor(origin, context, carrier, UnaryOperator.identity());
    }

    /** The proxy that knows the cookie's name. */
    URI uri(Carrier carrier) {
        return Objects.requireNonNull(proxies.get(carrier), "every carrier has one");
    }

    Container container() {
        return container;
    }

    @Override
    public void close() {
        try {
            programs.forEach(Operator::assertReasonsAddUp);
        } finally {
            programs.forEach(Program::close);
            ProbeNode.closeAll(running);
        }
    }

    @Override
    public String toString() {
        return container.toString();
    }
}
