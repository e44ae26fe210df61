package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeNode;
import io.limpet.it.judge.ProbeWar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two Tomcats, each with /desk, with failover, and /shop, without; one takes /desk out of service under load. */
class UndeployIT {

    private static final String DESK = "/desk";
    private static final String SHOP = "/shop";
    private static final Map<String, ProbeWar> WARS = Map.of(
            DESK,
            new ProbeWar(ProbeWar.Limpet.FAILOVER, Map.of()),
            SHOP,
            new ProbeWar(ProbeWar.Limpet.FILTER, Map.of()));
    private static final int VISITORS = 16;
    private static final int THREADS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final WorkFolder work = WorkFolder.create("undeploy");
    private final Path order = work.folder().resolve("undeploy");
    private final List<Node> nodes = List.of(
            new Node("n1", FreePorts.next(), FreePorts.next()), new Node("n2", FreePorts.next(), FreePorts.next()));
    private final int port = FreePorts.next();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();

    private ProbeNode start(Node node) {
        Map<String, String> settings = node.name().equals("n1") ? Map.of("IT_UNDEPLOY", order.toString()) : Map.of();
        return ProbeNode.start(Container.TOMCAT_10, node, nodes, work, WARS, settings);
    }

    /** The application that goes is the one that is probed. */
    private Program proxy() {
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline());
        return ProxyProgram.start(work, java, port, nodes, List.of("--health-path", DESK + "/limpet/status"));
    }

    private static void awaitHealthy(ProbeNode node) {
        await("failover")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Browser.at(node.uri())
                        .get(DESK + "/limpet/status")
                        .body()
                        .contains("\"failover\":\"healthy\""));
    }

    private DeskVisitor visitor(String context) {
        return DeskVisitor.of(ProxyProgram.uri(port), context, failures);
    }

    private DeskVisitor visitorOfShopOnN1() {
        return Stream.generate(() -> visitor(SHOP))
                .limit(100)
                .filter(it -> it.node().equals("n1"))
                .findFirst()
                .orElseThrow();
    }

    private void add(DeskVisitor visitor) {
        visitor.add();
        answers.incrementAndGet();
    }

    private void awaitAnswers(int more) {
        int enough = answers.get() + more;
        await(more + " more answers").atMost(LIMIT).until(() -> answers.get() >= enough);
    }

    @Test
    void noRequestFailsAndEverySessionGoesOnElsewhereWithAllThatItHad() throws Exception {
        try (ProbeNode n1 = start(nodes.get(0));
                ProbeNode n2 = start(nodes.get(1))) {
            n1.awaitReady();
            n2.awaitReady();
            awaitHealthy(n1);
            awaitHealthy(n2);
            try (Program proxy = proxy()) {
                new Operator(proxy, work).awaitState("n1", "ready");
                new Operator(proxy, work).awaitState("n2", "ready");
                undeployUnderLoad(n1);
                Operator.assertReasonsAddUp(proxy);
            }
        }
    }

    private void undeployUnderLoad(ProbeNode n1) throws Exception {
        List<DeskVisitor> visitors =
                Stream.generate(() -> visitor(DESK)).limit(VISITORS).toList();
        assertThat(visitors).extracting(DeskVisitor::node).contains("n1", "n2");
        DeskVisitor ofShop = visitorOfShopOnN1();
        List<ScheduledFuture<?>> work = new ArrayList<>();
        ScheduledExecutorService load = Executors.newScheduledThreadPool(THREADS);
        try {
            for (DeskVisitor visitor : visitors) {
                work.add(load.scheduleWithFixedDelay(() -> add(visitor), 0, 5, TimeUnit.MILLISECONDS));
            }
            awaitAnswers(20 * VISITORS);
            Files.writeString(order, DESK);
            await("the application to be gone")
                    .atMost(LIMIT)
                    .until(() ->
                            Browser.at(n1.uri()).get(DESK + "/limpet/status").status() == 404);
            awaitAnswers(20 * VISITORS);
        } finally {
            load.shutdown();
            assertThat(load.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(work).allMatch(Future::isCancelled, "or a visitor died of something unexpected");
        assertThat(failures).isEmpty();
        assertThat(visitors).extracting(DeskVisitor::node).containsOnly("n2");
        ofShop.add();
        assertThat(failures).isEmpty();
        assertThat(ofShop.node()).isEqualTo("n1");
        System.out.println(answers + " answers while an application was undeployed, none failed");
    }
}
