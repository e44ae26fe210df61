package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.record;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndTest {

    private static final String KEY = "4F2A";
    private static final Tombstone TOMBSTONE = new Tombstone(EPOCH, NOW);

    @Test
    void theOwnerLeavesATombstoneThatOutlivesEveryStaleCopy() {
        assertThat(new End(N1, EPOCH, NOW).applyTo(KEY, record(3)))
                .isEqualTo(new Outcome.Written<>(EndResult.ENDED, TOMBSTONE, 3600));
        assertThat(Lifetime.ofTombstone(8 * 3600)).isEqualTo(Lifetime.ofRecord(8 * 3600));
    }

    @Test
    void aMissingSessionGetsATombstoneToo() {
        assertThat(new End(N1, EPOCH, NOW).applyTo(KEY, null))
                .isEqualTo(new Outcome.Written<>(EndResult.ENDED, TOMBSTONE, 35 * 24 * 3600));
    }

    @Test
    void whoDoesNotOwnTheSessionCannotEndIt() {
        assertThat(new End(N2, EPOCH, NOW).applyTo(KEY, record(3)))
                .isEqualTo(new Outcome.Unchanged<>(EndResult.FENCED));
        assertThat(new End(N1, EPOCH - 1, NOW).applyTo(KEY, record(3)))
                .isEqualTo(new Outcome.Unchanged<>(EndResult.FENCED));
    }

    @Test
    void aLeftoverOfAnEarlierEpochIsEndedToo() {
        Outcome<EndResult> outcome = new End(N2, EPOCH + 1, NOW).applyTo(KEY, record(3));

        assertThat(outcome).isInstanceOf(Outcome.Written.class);
    }

    @Test
    void anEndThatArrivesAgainKeepsTheFirstTombstone() {
        Outcome<EndResult> outcome = new End(N1, EPOCH, NOW + 5000).applyTo(KEY, TOMBSTONE);

        assertThat(((Outcome.Written<EndResult>) outcome).entry()).isEqualTo(TOMBSTONE);
        assertThat(((Outcome.Written<EndResult>) outcome).result()).isEqualTo(EndResult.ENDED);
        assertThat(((Outcome.Written<EndResult>) outcome).lifetimeSeconds())
                .as("a stale copy of a session of a month finds it")
                .isGreaterThanOrEqualTo(Lifetime.ofTombstone(30 * 24 * 3600));
    }

    @Test
    void whoEndsWhatSomebodyElseHasEndedIsTold() {
        Outcome<EndResult> outcome = new End(N2, EPOCH - 1, NOW).applyTo(KEY, TOMBSTONE);

        assertThat(((Outcome.Written<EndResult>) outcome).entry()).isEqualTo(TOMBSTONE);
        assertThat(((Outcome.Written<EndResult>) outcome).result()).isEqualTo(EndResult.ENDED_BEFORE);
    }

    @Test
    void anEndUnderALaterIdGoesWhereThePointerLeads() {
        assertThat(new End(N1, EPOCH, NOW).applyTo("77B0", new Pointer(KEY))).isEqualTo(new Outcome.Elsewhere<>(KEY));
    }
}
