package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Networks;
import io.limpet.it.load.Shoppers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The nodes lose sight of each other while clients still reach every one of them, and find each other again. */
class PartitionIT {

    /** What a node says when the last of the others has left. */
    private static final String ALONE = "left the cluster (1 now)";

    private static final int SHOPPERS = 6;
    private static final Duration SPLIT_LIMIT = Duration.ofSeconds(60);

    @BeforeAll
    static void networks() {
        String whyNot = Networks.whyImpossible();
        assumeTrue(whyNot.isEmpty(), whyNot);
    }

    @Test
    void withAQuorumTheMajorityLosesNothingAndTheMinorityPromisesNothing() {
        splitAndHeal(Failover.QUORUM);
    }

    @Test
    void withoutAQuorumBothHalvesServeTheirOwnSessionsAndTheMergeKeepsThemAll() {
        assumeTrue(Effort.isFull(), "in the long run only");
        splitAndHeal(Failover.ON);
    }

    private static void splitAndHeal(Failover failover) {
        try (Networks networks = Networks.of(3);
                Cluster cluster = Cluster.start(Container.TOMCAT_10, networks, failover)) {
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            try (shoppers) {
                for (int round = 0; round < Effort.times(1, 5); round++) {
                    shoppers.awaitPurchases(100);
                    Minority minority = Minority.at(cluster);
                    int before = cluster.said("n1", ALONE).size();
                    networks.cutOff(1);
                    // not only that nobody answers: what it writes before it knows may come back with the merge
                    await("n1 to know that it is alone")
                            .atMost(SPLIT_LIMIT)
                            .until(() -> cluster.said("n1", ALONE).size() > before && !cluster.isWell("n1"));
                    await("the others to go on without it")
                            .atMost(SPLIT_LIMIT)
                            .until(() -> cluster.isWell("n2") && cluster.isWell("n3"));
                    minority.whileApart(failover);
                    shoppers.awaitPurchases(100);
                    networks.join(1);
                    cluster.repair();
                    minority.whenHealed(failover);
                    shoppers.awaitPurchases(100);
                }
            }
            assertThat(shoppers.wrongs()).isEmpty();
            System.out.println("a partition healed, failover " + failover + ": "
                    + shoppers.ledger().count() + " purchases, none lost, none twice; " + shoppers.tally());
        }
    }
}
