package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A node joins two that are full, behind two proxies that do not know of each other. */
class RebalanceIT {

    private static final int VISITORS = 90;
    private static final int ROUNDS = 40;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENS = Pattern.compile("dashboard, API and metrics are at");

    /** A visitor who comes by either proxy. */
    private static final class Visitor {
        private String session;
        private String node;
        private int moves;

        Visitor(Browser browser) {
            node = browser.add("mug").node();
            browser.add("bucket");
            session = browser.session();
        }

        void visit(URI proxy) {
            Browser browser = Browser.with(proxy, session);
            Cart cart = browser.cart();
            assertThat(cart.items()).containsExactly("mug", "bucket");
            moves += cart.node().equals(node) ? 0 : 1;
            node = cart.node();
            session = browser.session();
        }
    }

    @Test
    void aThirdNodeGetsItsShareOfTheSessionsAndNoneMovesTwice() {
        int port = FreePorts.next();
        List<String> rebalancing = List.of("--rebalance-rate", "20");
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON, rebalancing);
                Program second = cluster.anotherProxy(port)) {
            second.awaitLine(LISTENS);
            Operator operator = cluster.operator();
            cluster.stop("n3");
            operator.awaitState("n3", "down");
            List<Visitor> visitors = new ArrayList<>();
            for (int i = 0; i < VISITORS; i++) {
                visitors.add(new Visitor(cluster.browser()));
            }
            assertThat(visitors).noneMatch(visitor -> visitor.node.equals("n3"));
            cluster.launch("n3");
            await("n3 and its copies to be there")
                    .atMost(LIMIT)
                    .until(() -> cluster.nodes().stream().allMatch(node -> cluster.isWell(node.name())));
            operator.awaitState("n3", "ready");

            int rounds = 0;
            long began = System.nanoTime();
            while (rounds < ROUNDS && (rounds < 10 || operator.imbalance(cluster.nodes()) > 1.15)) {
                URI proxy = rounds % 2 == 0 ? cluster.uri() : ProxyProgram.uri(port);
                visitors.forEach(visitor -> visitor.visit(proxy));
                rounds++;
            }

            int moved = visitors.stream().mapToInt(visitor -> visitor.moves).sum();
            System.out.println(moved + " of " + VISITORS + " sessions moved to the new node in "
                    + (System.nanoTime() - began) / 1_000_000 + " ms, " + rounds + " rounds; imbalance "
                    + operator.imbalance(cluster.nodes()));
            assertThat(operator.imbalance(cluster.nodes())).isLessThanOrEqualTo(1.15);
            assertThat(moved).isLessThan(VISITORS / 2);
            assertThat(visitors).allMatch(visitor -> visitor.moves <= 1);
            assertThat(visitors.stream()
                            .filter(visitor -> visitor.moves == 1)
                            .map(visitor -> visitor.node)
                            .distinct())
                    .containsExactly("n3");
            long counted = operator.count("limpet_requests_total", "reason=\"rebalance\"", "node=\"n3\"");
            assertThat(counted).isPositive().isLessThanOrEqualTo(moved);
            Operator.assertReasonsAddUp(second);
        }
    }
}
