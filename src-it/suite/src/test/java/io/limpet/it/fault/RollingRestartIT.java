package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.chromium.Album;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.load.Shoppers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All nodes are restarted, one after the other, as an operator does it with the proxy's commands, under load. */
class RollingRestartIT {

    private static final int SHOPPERS = 4;
    private static final int VISITORS = 90;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How many times the mean of live sessions the fullest node may have. */
    private static final double EVEN = 1.15;

    @Test
    void noRequestFailsAndNothingIsLostFromAnyCart() {
        List<String> rebalancing = List.of("--rebalance-rate", "50");
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON, rebalancing);
                Album album = new Album(cluster.operator().dashboard())) {
            List<Browser> visitors =
                    Stream.generate(cluster::browser).limit(VISITORS).toList();
            visitors.forEach(visitor -> visitor.add("mug"));
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            long began = System.nanoTime();
            Duration all;
            try (shoppers) {
                shoppers.awaitPurchases(50);
                for (Node node : cluster.nodes()) {
                    restart(cluster, node.name());
                    shoppers.awaitPurchases(20);
                }
                all = Duration.ofNanos(System.nanoTime() - began);
            }

            assertThat(shoppers.tally().refused())
                    .as(shoppers.tally().toString())
                    .isZero();
            assertThat(shoppers.wrongs()).isEmpty();
            assertThat(all).isLessThan(LIMIT);
            long restarted = System.nanoTime();
            double imbalance = awaitEven(cluster, visitors, shoppers);
            Duration even = Duration.ofNanos(System.nanoTime() - restarted);
            album.take();
            assertThat(shoppers.wrongs()).isEmpty();
            System.out.println("restarted in " + all.toMillis() + " ms under " + shoppers.tally() + "; "
                    + shoppers.ledger().count() + " purchases in "
                    + shoppers.ledger().carts().size() + " carts, and " + VISITORS
                    + " more carts, none lost; " + even.toMillis() + " ms later the imbalance was " + imbalance);
        }
    }

    /** Every session comes again and again, as rebalance moves those that do. */
    private static double awaitEven(Cluster cluster, List<Browser> visitors, Shoppers shoppers) {
        return await("live sessions to be even")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            visitors.forEach(RollingRestartIT::visit);
                            shoppers.ledger().carts().forEach(Browser::cart);
                            return cluster.operator().imbalance(cluster.nodes());
                        },
                        imbalance -> imbalance <= EVEN);
    }

    private static void restart(Cluster cluster, String name) {
        Operator operator = cluster.operator();
        operator.command("drain", name);
        operator.awaitState(name, "drained");
        cluster.stop(name);
        cluster.launch(name);
        await(name + " and its copies to be back")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> cluster.nodes().stream().allMatch(node -> cluster.isWell(node.name())));
        operator.command("ready", name);
        operator.awaitState(name, "ready");
    }

    private static void visit(Browser visitor) {
        assertThat(visitor.cart().items()).containsExactly("mug");
    }
}
