package io.limpet.proxy.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.ForgedRoutes;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Presented;
import io.limpet.proxy.node.ProbeAnswer;
import io.limpet.proxy.node.Thresholds;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of proxies that have found the same nodes send each session to the same one. */
class AgreementTest {

    private static final Thresholds THRESHOLDS = new Thresholds(2, 3);
    private static final int SESSIONS = 400;

    /** A proxy that finds these one after the other; those that are down have died since. */
    private static NodeHealth proxy(List<Integer> found, List<Integer> down) {
        NodeHealth health = new NodeHealth(List.of(), THRESHOLDS);
        List<URI> addresses = new ArrayList<>();
        Discovery discovery = new Discovery(
                () -> List.copyOf(addresses),
                address -> CompletableFuture.completedFuture(Optional.of(new Route("n" + address.getPort()))),
                node -> true,
                nodes -> health.configure(nodes, THRESHOLDS));
        for (int port : found) {
            addresses.add(URI.create("http://10.0.0.1:" + port));
            discovery.look();
        }
        for (Node node : health.nodes().all().stream().map(it -> it.node()).toList()) {
            for (int probes = 0; probes < THRESHOLDS.rise(); probes++) {
                health.hear(node, new ProbeAnswer.Well(false, NodeReport.of(0, 0, true, 0)));
            }
            if (down.contains(node.uri().getPort())) {
                health.refused(node, "killed");
            }
        }
        return health;
    }

    private static Node goesTo(String session, NodeHealth health) {
        NodeChooser chooser = new NodeChooser(new PlainRoutes(), members -> members.get(0), new ForgedRoutes());
        Choice choice = chooser.choose(new Presented(List.of(session), List.of()), health.nodes(), List.of());
        return ((Choice.Served) choice).node();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void proxiesThatFoundTheSameNodesInAnyOrderAgreeOnEverySession(long seed) {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(8);
        List<Integer> ports =
                new ArrayList<>(IntStream.rangeClosed(1, size).boxed().toList());
        List<Integer> down = ports.subList(0, random.nextInt(size)).stream().toList();
        NodeHealth one = proxy(ports, down);
        Collections.shuffle(ports, random);
        NodeHealth other = proxy(ports, down);
        int moved = 0;
        for (int i = 0; i < SESSIONS; i++) {
            int owner = 1 + random.nextInt(size);
            String session = Long.toHexString(random.nextLong()) + ".n" + owner;

            Node node = goesTo(session, one);
            assertThat(goesTo(session, other)).isEqualTo(node);
            assertThat(down).doesNotContain(node.uri().getPort());
            moved += node.uri().getPort() == owner ? 0 : 1;
        }
        assertThat(moved > 0).isEqualTo(!down.isEmpty());
    }
}
