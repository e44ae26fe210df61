package io.limpet.it.judge;

import static io.limpet.it.judge.SealedCluster.INNER;
import static io.limpet.it.judge.SealedCluster.OUTER;
import static io.limpet.it.judge.SealedCluster.SEGMENT;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;

/**
 * Tagged cookies of sessions in a cluster of two nodes that live and one that died.
 *
 * @param live of the outer application, on n1
 * @param other of the inner application, on n2
 * @param onSecond of the outer application, on n2
 * @param dead of the outer application, on n3, which died
 */
record SealedSessions(SealedCluster cluster, String live, String other, String onSecond, String dead)
        implements AutoCloseable {

    /** @param outer what of Limpet is in the outer application */
    static SealedSessions on(Container container, Limpet outer) {
        SealedCluster cluster = SealedCluster.start(container, outer);
        try {
            String dead = cluster.newSession(OUTER, "n3");
            SealedSessions sessions = new SealedSessions(
                    cluster,
                    cluster.newSession(OUTER, "n1"),
                    cluster.newSession(INNER, "n2"),
                    cluster.newSession(OUTER, "n2"),
                    dead);
            cluster.killThird();
            return sessions;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The first session's value with the seal of the one on the second node: forged. */
    String transplanted() {
        String own = live.substring(0, live.length() - SEGMENT);
        return own + onSecond.substring(onSecond.length() - SEGMENT);
    }

    @Override
    public void close() {
        cluster.close();
    }

    @Override
    public String toString() {
        return cluster.toString();
    }
}
