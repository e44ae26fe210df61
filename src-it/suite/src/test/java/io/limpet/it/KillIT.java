package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.fault.Effort;
import io.limpet.it.load.Shoppers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes die of {@code kill -9} while shoppers buy; afterwards the ledger is held against the carts. */
class KillIT {

    private static final int SHOPPERS = 6;
    private static final int KILLS = Effort.times(3, 30);
    private static final long SEED = Long.getLong("limpet.it.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final List<String> untouched = new ArrayList<>();

    @Test
    void whatWasAcknowledgedIsInTheCartsAfterEveryNodeWasKilledOnce() {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON)) {
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            try (shoppers) {
                shoppers.awaitPurchases(200);
                // by the end no memory of the beginning is left: what is found then was replicated
                for (int i = 0; i < KILLS; i++) {
                    cluster.kill(victim(cluster, shoppers, i));
                    shoppers.awaitPurchases(200);
                    cluster.repair();
                    shoppers.awaitPurchases(100);
                }
            }

            assertThat(shoppers.wrongs()).isEmpty();
            cluster.assertAlive();
            System.out.println(KILLS + " kills (-Dlimpet.it.seed=" + SEED + "), "
                    + shoppers.ledger().count() + " purchases in "
                    + shoppers.ledger().carts().size() + " carts: none lost, none twice; " + shoppers.tally());
            // each kill may cost the requests inside the node: one a shopper at most, and half as much again of luck
            assertThat(shoppers.tally().refused()).isLessThanOrEqualTo(KILLS * SHOPPERS * 3 / 2);
        }
    }

    /** The owner of a cart that is being filled, or any, by turns; none a second time before each was killed once. */
    private String victim(Cluster cluster, Shoppers shoppers, int kill) {
        if (untouched.isEmpty()) {
            cluster.nodes().forEach(node -> untouched.add(node.name()));
        }
        String owner = shoppers.ownerOfACart();
        String victim =
                kill % 2 == 0 && untouched.contains(owner) ? owner : untouched.get(random.nextInt(untouched.size()));
        untouched.remove(victim);
        return victim;
    }

    // the same check must be able to fail
    @ParameterizedTest
    @EnumSource(names = {"OFF", "WITHOUT_BACKUP"})
    void withoutASecondCopyTheLedgerFindsWhatTheKilledNodeTookAlong(Failover failover) {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 2, failover)) {
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            try (shoppers) {
                shoppers.awaitPurchases(100);
                cluster.kill("n1");
                shoppers.awaitPurchases(20);
            }

            assertThat(shoppers.wrongs()).isNotEmpty().allMatch(wrong -> wrong.startsWith("lost "));
        }
    }
}
