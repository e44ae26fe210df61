package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.load.Shoppers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy that is told of no node, and finds those that announce themselves where they keep their sessions. */
class AnnouncedNodesIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final WorkFolder work = WorkFolder.create("announced");
    private final List<Node> nodes = IntStream.rangeClosed(1, 3)
            .mapToObj(n -> new Node("n" + n, FreePorts.next(), FreePorts.next()))
            .toList();
    private final List<Integer> clientPorts =
            nodes.stream().map(node -> FreePorts.next()).toList();
    private final int proxyPort = FreePorts.next();
    private final Map<String, Program> programs = new LinkedHashMap<>();

    @TempDir
    private Path jars;

    @AfterEach
    void endAll() {
        programs.values().forEach(Program::close);
    }

    private void start(int position) {
        Node node = nodes.get(position);
        Program program = Container.TOMCAT_10.start(
                node,
                work,
                Artifact.WAR.path(),
                Map.of(
                        "LIMPET_NODE", node.name(),
                        "LIMPET_FAILOVER", "true",
                        "LIMPET_CLUSTER", cluster(),
                        "LIMPET_BIND", "127.0.0.1:" + node.memberPort(),
                        "LIMPET_MEMBERS",
                                nodes.stream()
                                        .map(it -> "127.0.0.1:" + it.memberPort())
                                        .collect(Collectors.joining(",")),
                        "LIMPET_CLIENT_PORT", clientPorts.get(position).toString(),
                        "LIMPET_URL", node.uri().toString()));
        programs.put(node.name(), program);
        Container.TOMCAT_10.awaitReady(node, program);
    }

    private String cluster() {
        return work.folder().getFileName().toString();
    }

    /** As an operator does: Hazelcast's jar lies beside the proxy's. */
    private void startProxy() throws IOException {
        Path jar = Files.copy(Artifact.PROXY.path(), jars.resolve("limpet-proxy.jar"));
        try (ZipFile war = new ZipFile(Artifact.WAR.path().toFile())) {
            ZipEntry hazelcast = war.stream()
                    .filter(entry -> entry.getName().matches("WEB-INF/lib/hazelcast-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = war.getInputStream(hazelcast)) {
                Files.copy(in, jars.resolve(hazelcast.getName().replaceFirst(".*/", "")));
            }
        }
        List<String> arguments = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline()));
        arguments.addAll(
                List.of("-jar", jar.toString(), "--listen", "127.0.0.1:" + proxyPort, "--admin", "127.0.0.1:0"));
        arguments.addAll(ProxyProgram.lane());
        arguments.addAll(List.of("--health-interval", "300ms", "--discovery-interval", "300ms"));
        arguments.addAll(List.of("--discovery-cluster", cluster(), "--discovery-hazelcast"));
        arguments.add(clientPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
        programs.put("proxy", Program.start("the proxy", work.log("proxy"), Map.of(), arguments));
    }

    private Browser browser() {
        return new Browser(ProxyProgram.uri(proxyPort));
    }

    private void awaitNewSessionsOn(String node) {
        await("new sessions on " + node).atMost(LIMIT).until(() -> {
            try {
                Answer answer = browser().get("/api/cart");
                return answer.status() == 200 && answer.cart().node().equals(node);
            } catch (UncheckedIOException e) {
                return false; // the proxy does not listen yet
            }
        });
    }

    @Test
    void nodesComeAndGoWithoutARestartAFailedRequestOrALostCart() throws IOException {
        start(0);
        start(1);
        startProxy();
        awaitNewSessionsOn("n1");
        awaitNewSessionsOn("n2");
        Shoppers shoppers = new Shoppers(4, this::browser);
        try (shoppers) {
            shoppers.awaitPurchases(50);
            start(2);
            awaitNewSessionsOn("n3");

            Answer drained = new Browser(nodes.get(0).uri()).post("/limpet/drain?wait=20s");
            assertThat(drained.status()).isEqualTo(200);
            Objects.requireNonNull(programs.get("n1")).stop();
            shoppers.awaitPurchases(50);
        }
        // not before the last of them has its answer: a cart that is read meanwhile lacks what is bought then
        assertThat(shoppers.wrongs()).isEmpty();
        assertThat(shoppers.tally().refused()).as("%s", shoppers.tally()).isZero();
        Operator.assertReasonsAddUp(Objects.requireNonNull(programs.get("proxy")));
    }
}
