package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.record;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.route.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimTest {

    private static final Route N3 = new Route("n3");

    private static final String KEY = "4F2A";
    private static final long CLOCK = NOW << 12;

    @Test
    void aClaimMakesTheClaimantTheOwnerFromVersionZero() {
        Claimed claimed = claimed(new Claim(N2, CLOCK, NOW), record(7, "cart", "tea"));

        assertThat(claimed.previousOwner()).isEqualTo(N1);
        assertThat(claimed.key()).isEqualTo(KEY);
        assertThat(claimed.record().owner()).isEqualTo(N2);
        assertThat(claimed.record().epoch()).isEqualTo(CLOCK);
        assertThat(claimed.record().version()).isZero();
    }

    @Test
    void attributesKeepTheStampsOfWhoSetThem() {
        SessionRecord before = record(7, "cart", "tea");

        assertThat(claimed(new Claim(N2, CLOCK, NOW), before).record().attributes())
                .isEqualTo(before.attributes());
    }

    @Test
    void theEpochGrowsEvenWhenTheClaimantsClockIsBehind() {
        assertThat(claimed(new Claim(N2, 5, NOW), record(7)).record().epoch()).isGreaterThan(EPOCH);
    }

    @Test
    void twoNodesWhoseClocksAreBehindAreNeverGrantedTheSameEpoch() {
        assertThat(claimed(new Claim(N2, 5, NOW), record(7)).record().epoch())
                .isNotEqualTo(claimed(new Claim(N3, 6, NOW), record(7)).record().epoch());
    }

    @Test
    void aClaimThatArrivesAgainIsGrantedOnce() {
        Claim claim = new Claim(N2, CLOCK, NOW);
        SessionRecord first = claimed(claim, record(7)).record();

        assertThat(claimed(claim, first).record()).isEqualTo(first);
    }

    @Test
    void aClaimThatArrivesAgainAndLateDoesNotFenceItsOwnSaves() {
        Claim claim = new Claim(N2, CLOCK, NOW);
        SessionRecord claimed = claimed(claim, record(7)).record();
        Save save = Sessions.deltaOf(N2, claimed.epoch(), 0, 1, "cart", "tea");

        SessionRecord saved = (SessionRecord) written(save.applyTo(KEY, claimed));

        assertThat(claimed(claim, saved).record()).isEqualTo(saved);
    }

    @Test
    void aNewProcessWithTheOwnersNameDoesNotShareTheEpochOfTheOneThatDied() {
        Claim behindTheClock = new Claim(N1, 5, NOW);
        assertThat(claimed(behindTheClock, record(7)).record().epoch()).isGreaterThan(EPOCH);
    }

    @Test
    void theSaveOfThePreviousOwnerIsFencedOffAfterAClaim() {
        SessionRecord claimed = claimed(new Claim(N2, CLOCK, NOW), record(7)).record();

        assertThat(whole(8, "cart", "stale").applyTo(KEY, claimed))
                .isEqualTo(new Outcome.Unchanged<>(SaveResult.FENCED));
    }

    @Test
    void anEndedSessionCannotBeClaimed() {
        assertThat(new Claim(N2, CLOCK, NOW).applyTo(KEY, new Tombstone(EPOCH, NOW)))
                .isEqualTo(new Outcome.Unchanged<>(new ClaimResult.Ended()));
    }

    @Test
    void anUnknownSessionIsMissing() {
        assertThat(new Claim(N2, CLOCK, NOW).applyTo(KEY, null))
                .isEqualTo(new Outcome.Unchanged<>(new ClaimResult.Missing()));
    }

    @Test
    void aRecordLongPastItsTimeoutIsMissing() {
        long inTime = NOW + Lifetime.ofRecord(1800) * 1000;

        assertThat(new Claim(N2, CLOCK, inTime + 1).applyTo(KEY, record(7)))
                .isEqualTo(new Outcome.Unchanged<>(new ClaimResult.Missing()));
        assertThat(claimed(new Claim(N2, CLOCK, inTime), record(7)).record().owner())
                .isEqualTo(N2);
    }

    @Test
    void aClaimUnderALaterIdGoesWhereThePointerLeads() {
        assertThat(new Claim(N2, CLOCK, NOW).applyTo("77B0", new Pointer(KEY))).isEqualTo(new Outcome.Elsewhere<>(KEY));
    }

    private static Claimed claimed(Claim claim, @Nullable Entry current) {
        Outcome<ClaimResult> outcome = claim.applyTo(KEY, current);
        Claimed claimed = (Claimed) ((Outcome.Written<ClaimResult>) outcome).result();
        assertThat(written(outcome)).isEqualTo(claimed.record());
        return claimed;
    }

    private static Entry written(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Written.class);
        return ((Outcome.Written<?>) outcome).entry();
    }
}
