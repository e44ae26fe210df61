package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.route.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    /** Weakest first. */
    private static final List<Entry> ORDER = List.of(
            new Pointer("4F2A"),
            record(3, "cart", "tea"),
            record(4, "cart", "tea,milk"),
            claimed(N1, EPOCH + 1),
            claimed(N2, EPOCH + 1),
            claimed(N1, EPOCH + 2),
            new Tombstone(EPOCH, NOW),
            new Tombstone(EPOCH + 1, NOW));

    @Test
    void theLaterEpochWinsThenTheLaterVersionAndAnEndedSessionStaysEnded() {
        for (int i = 0; i < ORDER.size(); i++) {
            for (int j = 0; j < ORDER.size(); j++) {
                assertThat(Precedence.prevails(ORDER.get(i), ORDER.get(j)))
                        .as("%s over %s", ORDER.get(i), ORDER.get(j))
                        .isEqualTo(i > j);
            }
        }
    }

    @Test
    void halvesThatMergeInAnyOrderAgree() {
        List<Entry> reversed = new ArrayList<>(ORDER);
        Collections.reverse(reversed);

        assertThat(survivor(ORDER)).isEqualTo(survivor(reversed));
    }

    private static Entry survivor(List<Entry> entries) {
        return entries.stream()
                .reduce((existing, incoming) -> Precedence.prevails(incoming, existing) ? incoming : existing)
                .orElseThrow();
    }

    private static SessionRecord claimed(Route claimant, long epoch) {
        Outcome<ClaimResult> outcome = new Claim(claimant, epoch, NOW).applyTo("4F2A", record(9));
        return ((Claimed) ((Outcome.Written<ClaimResult>) outcome).result()).record();
    }
}
