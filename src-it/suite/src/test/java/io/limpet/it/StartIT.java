package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

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
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartIT {

    // promised are 2 s; the rest is for a machine that does much else
    private static final Duration LIMIT = Duration.ofSeconds(4);

    @Test
    void theProxyAnswersItsFirstRequestAfterTwoSecondsOfCpuTime() throws Exception {
        assumeThat(Path.of("/proc/self/stat")).exists();
        WorkFolder work = WorkFolder.create("start");
        Node node = new Node("n1", FreePorts.next(), 0);
        Map<String, String> named = Map.of("LIMPET_NODE", node.name());
        int port = FreePorts.next();
        try (Program shop = NodeProgram.start(Container.TOMCAT_10, node, work, Artifact.WAR.path(), named)) {
            NodeProgram.awaitReady(shop);
            // without the lifeline, which costs CPU time of its own, and as the README starts it
            try (Program proxy = ProxyProgram.start(work, List.of(), port, List.of(node))) {
                Browser browser = new Browser(URI.create("http://127.0.0.1:" + port));
                await("the first proxied answer")
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(20))
                        .ignoreException(UncheckedIOException.class)
                        .until(() -> browser.get("/api/cart").status() == 200);
                Duration cpu = cpuTime(proxy.pid());
                System.out.println(
                        "limpet-proxy.jar: first proxied answer after " + cpu.toMillis() + " ms of CPU time");
                assertThat(cpu).isLessThan(LIMIT);
                Operator.assertReasonsAddUp(proxy);
            }
        }
    }

    /** User and system time of a process, proc(5): the 14th and 15th field, in ticks of 10 ms. */
    private static Duration cpuTime(long pid) throws Exception {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // the second field, the command in parentheses, may hold spaces
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Duration.ofMillis(10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    }
}
