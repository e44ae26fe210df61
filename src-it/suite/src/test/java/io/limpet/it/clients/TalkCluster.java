package io.limpet.it.clients;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeProgram;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two Tomcats that talk in every way, and the proxy, which has little memory. */
final class TalkCluster implements AutoCloseable {

    private static final Pattern SESSION = Pattern.compile("JSESSIONID=([^;]*\\.(n[12]))(?:;.*)?");

    private final WorkFolder work;
    private final List<Node> nodes = List.of(new Node("n1", FreePorts.next(), 0), new Node("n2", FreePorts.next(), 0));
    private final List<Program> programs = new ArrayList<>();
    private final Program proxy;
    private final int port = FreePorts.next();
    private final int securePort = FreePorts.next();
    private final ServerCertificate certificate;

    private TalkCluster(String name) {
        work = WorkFolder.create(name);
        certificate = ServerCertificate.in(work.folder());
        nodes.forEach(node -> programs.add(start(node)));
        proxy = ProxyProgram.start(
                work,
                List.of("-Xmx48m", "-XX:MaxDirectMemorySize=32m", "-XX:+UseSerialGC", Program.lifeline()),
                port,
                nodes,
                List.of(
                        "--health-rise",
                        "1",
                        "--access-log",
                        accessLog().toString(),
                        "--tls-listen",
                        "127.0.0.1:" + securePort,
                        "--tls-keystore",
                        certificate.keyStore().toString()),
                Map.of("LIMPET_TLS_PASSWORD", ServerCertificate.PASSWORD));
    }

    static TalkCluster start(String name) {
        TalkCluster cluster = new TalkCluster(name);
        try {
            cluster.programs.forEach(NodeProgram::awaitReady);
            for (Node node : cluster.nodes) {
                cluster.sessionOn(node.name());
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private Program start(Node node) {
        Path target = Artifact.CONTAINERS.path().resolve("../talk/target").normalize();
        return Program.start(
                node.name(),
                work.log(node.name()),
                Map.of("LIMPET_NODE", node.name()),
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        work.temporary(),
                        Program.lifeline(),
                        "-cp",
                        target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                        "io.limpet.talk.TalkNode",
                        Integer.toString(node.port())));
    }

    /** The proxy, for clients. */
    URI uri() {
        return ProxyProgram.uri(port);
    }

    /** The proxy, for clients over TLS. */
    URI secureUri() {
        return URI.create("https://127.0.0.1:" + securePort);
    }

    /** A line for each request that is over. */
    Path accessLog() {
        return work.folder().resolve("access.log");
    }

    /** What the proxy shows those. */
    ServerCertificate certificate() {
        return certificate;
    }

    List<Node> nodes() {
        return nodes;
    }

    Path folder() {
        return work.folder();
    }

    Program proxy() {
        return proxy;
    }

    /** The cookie of a new session that lives on this node. */
    String sessionOn(String node) {
        String[] found = new String[1];
        await("a session on " + node)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    Answer answer = new Browser(uri()).get("/bodies?bytes=0");
                    Matcher cookie = SESSION.matcher(answer.setCookies().get(0));
                    found[0] = cookie.matches() && cookie.group(2).equals(node) ? cookie.group(1) : null;
                    return found[0] != null;
                });
        return "JSESSIONID=" + found[0];
    }

    @Override
    public void close() {
        try (proxy) {
            Operator.assertReasonsAddUp(proxy);
        } finally {
            programs.forEach(Program::close);
        }
    }
}
