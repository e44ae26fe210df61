package io.limpet.failover.sim;

import java.util.SplittableRandom;

/**
 * What one run is about.
 *
 * @param nodes 2 to 4
 * @param quorum how many members a half needs to be asked; 1: any half may
 * @param faults of how many store calls in a thousand the question, the answer or the punctuality is lost
 * @param reject whether a request whose changes were not stored is refused
 * @param splits whether the cluster is split
 * @param defect what is planted
 */
record Scenario(int nodes, int quorum, int faults, boolean reject, boolean splits, Defect defect) {

    static Scenario of(SplittableRandom random, Defect defect) {
        int nodes = 2 + random.nextInt(3);
        boolean quorum = nodes > 2 && random.nextBoolean();
        return new Scenario(
                nodes,
                quorum ? nodes / 2 + 1 : 1,
                random.nextBoolean() ? 0 : 10 + random.nextInt(60),
                random.nextInt(4) == 0,
                random.nextInt(3) > 0,
                defect);
    }

    /** Whether an acknowledged change may be outdone by one of another half. */
    boolean mayFork() {
        return splits && quorum == 1;
    }
}
