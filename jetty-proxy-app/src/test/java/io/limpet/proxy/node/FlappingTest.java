package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlappingTest {

    private static final ProbeAnswer WELL = new ProbeAnswer.Well(false);
    private static final ProbeAnswer REFUSED = new ProbeAnswer.Refused("connection refused");
    private static final int RISE = 2;

    private final Node a = Members.node("a");
    private final NodeHealth health = new NodeHealth(List.of(a, Members.node("b")), new Thresholds(RISE, 3, 4));

    private Nodes.Member member() {
        return health.nodes().named(a.route()).orElseThrow();
    }

    /** Good probes until it is up. */
    private int rises() {
        int probes = 0;
        while (member().state() == NodeState.DOWN && probes < 1_000) {
            health.hear(a, WELL);
            probes++;
        }
        return probes;
    }

    private void well(int times) {
        for (int i = 0; i < times; i++) {
            health.hear(a, WELL);
        }
    }

    @Test
    void aNodeThatFallsAgainAndAgainIsUpLaterEachTime() {
        for (int needed : new int[] {2, 4, 8, 16, 32, 32, 32}) {
            health.hear(a, REFUSED);
            assertThat(rises()).isEqualTo(needed);
            well(3);
        }
    }

    @Test
    void aNodeThatWasWellForLongIsForgiven() {
        for (int i = 0; i < 3; i++) {
            health.hear(a, REFUSED);
            rises();
        }
        well(Pulse.STEADY);

        health.hear(a, REFUSED);
        assertThat(rises()).isEqualTo(RISE);
    }

    @Test
    void aNodeThatDrainsBeforeItEndsDoesNotFlap() {
        for (int i = 0; i < 5; i++) {
            health.hear(a, new ProbeAnswer.Well(true));
            health.hear(a, REFUSED);
            assertThat(rises()).isEqualTo(RISE);
        }
    }

    @Test
    void oneBadAnswerStartsTheRiseAnew() {
        health.hear(a, REFUSED);
        health.hear(a, WELL);
        health.hear(a, REFUSED);
        assertThat(rises()).isEqualTo(RISE);
    }

    @Test
    void requestsThatFailInARowCountAsABadProbe() {
        for (int probes = 0; probes < 3; probes++) {
            assertThat(member().state()).isEqualTo(NodeState.READY);
            for (int i = 0; i < 4; i++) {
                health.failed(member(), "connection reset");
            }
        }
        assertThat(health.nodes())
                .hasToString("a down (4 requests in a row failed, the last: connection reset), b ready");
    }

    @Test
    void oneAnswerInBetweenStartsTheRunAnew() {
        for (int i = 0; i < 100; i++) {
            for (int failed = 0; failed < 3; failed++) {
                health.failed(member(), "connection reset");
            }
            member().share().answered();
        }
        assertThat(member().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void aGoodProbeInBetweenOutweighsFailedRequests() {
        for (int i = 0; i < 100; i++) {
            for (int failed = 0; failed < 8; failed++) {
                health.failed(member(), "connection reset");
            }
            health.hear(a, WELL);
        }
        assertThat(member().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void failedRequestsCountNothingWhenTheSettingsSaySo() {
        NodeHealth probesOnly = new NodeHealth(List.of(a), new Thresholds(1, 1, 0));
        for (int i = 0; i < 100; i++) {
            probesOnly.failed(probesOnly.nodes().named(a.route()).orElseThrow(), "connection reset");
        }
        assertThat(probesOnly.nodes()).hasToString("a ready");
    }
}
