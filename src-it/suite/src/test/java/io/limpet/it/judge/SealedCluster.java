package io.limpet.it.judge;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.RawClient;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.Secret;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three nodes with sealed routes, of which the third dies, and the proxy: two applications, one below the path of the
 * other. What is known of a cookie's node is what the node tells the application.
 */
final class SealedCluster implements AutoCloseable {

    static final String OUTER = Carrier.COOKIE.context(Limpet.FILTER);
    static final String INNER = OUTER + "/deep";

    /** A dot, the secret's character, eight of the node and sixteen of the code. */
    static final int SEGMENT = 26;

    private static final Secret SECRET = new Secret("nobody shall know this");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Container container;
    private final List<Node> nodes = List.of(node("n1"), node("n2"), node("n3"));
    private final List<ProbeNode> running = new ArrayList<>();
    private final int port = FreePorts.next();
    private final Program proxy;
    private final WorkFolder work;

    private SealedCluster(Container container, Limpet outer) {
        this.container = container;
        work = WorkFolder.create(container + "-sealed" + outer.mark());
        // a second member in one process would need an address of its own
        Map<String, ProbeWar> wars =
                Map.of(OUTER, new ProbeWar(outer, Map.of()), INNER, new ProbeWar(Limpet.FILTER, Map.of()));
        for (Node node : nodes) {
            running.add(ProbeNode.start(container, node, nodes, work, wars, SECRET.environment()));
        }
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", Program.lifeline());
        List<String> options = List.of("--health-path", OUTER + "/limpet/status", "--health-rise", "1");
        proxy = ProxyProgram.start(work, java, port, nodes, options, SECRET.proxyEnvironment());
    }

    /** @param outer what of Limpet is in the outer application */
    static SealedCluster start(Container container, Limpet outer) {
        SealedCluster cluster = new SealedCluster(container, outer);
        try {
            cluster.running.forEach(ProbeNode::awaitReady);
            if (outer == Limpet.FAILOVER) {
                cluster.nodes.forEach(SealedCluster::awaitHealthy);
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static void awaitHealthy(Node node) {
        String path = OUTER + "/limpet/status";
        await(node.name() + " to have other members")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> exchange(
                                node.uri(),
                                path,
                                "Limpet-Seal: "
                                        + SECRET.seal(path, Instant.now().getEpochSecond()))
                        .body()
                        .contains("\"failover\":\"healthy\""));
    }

    private static Node node(String name) {
        return new Node(name, FreePorts.next(), FreePorts.next());
    }

    /** The tagged cookie of a new session on this node. */
    String newSession(String context, String node) {
        String[] found = new String[1];
        await("a new session on " + node)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptions()
                .until(() -> {
                    String cookie =
                            ask(context + "/do?create").all("Set-Cookie").get(0);
                    found[0] = cookie.substring("JSESSIONID=".length(), cookie.indexOf(';'));
                    return lives(context, found[0], node);
                });
        return found[0];
    }

    /** Not asked at the node itself: with failover it would take the session of another one over. */
    private boolean lives(String context, String session, String node) {
        return ask(context + "/do?affinity", "Cookie: JSESSIONID=" + session)
                .body()
                .contains("Affinity[node=" + node + ", choice=OWNER,");
    }

    /** Ends the third node for good. */
    void killThird() {
        running.get(2).close();
    }

    /** Asks through the proxy. */
    Exchanged ask(String path, String... headers) {
        return exchange(ProxyProgram.uri(port), path, headers);
    }

    private static Exchanged exchange(URI origin, String path, String... headers) {
        try {
            return Exchanged.of(RawClient.get(origin, path, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many forged routes the proxy has counted. */
    long forged() {
        return new Operator(proxy, work).count("limpet_forged_routes_total");
    }

    Container container() {
        return container;
    }

    String proxyLog() {
        return proxy.output();
    }

    @Override
    public void close() {
        try {
            Operator.assertReasonsAddUp(proxy);
        } finally {
            proxy.close();
            ProbeNode.closeAll(running);
        }
    }

    @Override
    public String toString() {
        return container.toString();
    }
}
