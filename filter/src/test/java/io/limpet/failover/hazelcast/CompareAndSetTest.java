package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Lifetime;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Tombstone;
import org.junit.jupiter.api.Test;

class CompareAndSetTest {

    private static final String KEY = "4F2A";
    private static final long RECORD_LIFETIME = Lifetime.ofRecord(1800);

    private final FaultyMap map = new FaultyMap();
    private final CompareAndSet changes = new CompareAndSet(map);

    @Test
    void whoIsOvertakenDecidesAgainOnWhatIsThereNow() {
        apply(whole(1, "cart", "tea"));
        map.beforeNextWrite(() -> apply(new Claim(N2, NOW << 12, NOW)));

        assertThat(apply(delta(1, 2, "cart", "stale"))).isEqualTo(SaveResult.FENCED);
        assertThat(record().owner()).isEqualTo(N2);
        assertThat(text(record(), "cart")).isEqualTo("tea");
    }

    @Test
    void whoFindsTheFirstEntryMadeMeanwhileDoesNotWriteOverIt() {
        map.beforeNextWrite(() -> apply(new End(N1, EPOCH, NOW)));

        assertThat(apply(whole(1, "cart", "tea"))).isEqualTo(SaveResult.ENDED);
        assertThat(entry()).isInstanceOf(Tombstone.class);
    }

    @Test
    void aSaveWhoseAnswerWasLostCountsOnce() {
        apply(whole(1, "cart", "tea"));
        map.loseNextAnswer();

        assertThat(apply(delta(1, 2, "cart", "tea,milk"))).isEqualTo(SaveResult.SAVED);
        assertThat(record().version()).isEqualTo(2);
        assertThat(text(record(), "cart")).isEqualTo("tea,milk");
    }

    @Test
    void aClaimWhoseAnswerWasLostIsGrantedOnce() {
        apply(whole(1, "cart", "tea"));
        map.loseNextAnswer();

        Claimed claimed = (Claimed) apply(new Claim(N2, NOW << 12, NOW));

        assertThat(claimed.record().epoch()).isEqualTo(NOW << 12);
        assertThat(record().ownedBy(N2, NOW << 12)).isTrue();
    }

    @Test
    void membersThatFailAgainAndAgainAreGivenUp() {
        map.failAlways(new HazelcastException("gone"));

        assertThatThrownBy(() -> apply(whole(1))).hasMessage("gone");
        assertThat(map.writes()).isEqualTo(3);
    }

    @Test
    void aMinorityThatRefusesIsNotAskedAgain() {
        map.failAlways(new SplitBrainProtectionException("too few"));

        assertThatThrownBy(() -> apply(whole(1))).hasMessage("too few");
        assertThat(map.writes()).isEqualTo(1);
    }

    @Test
    void whoIsOvertakenForEverGivesUp() {
        apply(whole(1));
        map.refuseAlways();

        assertThatThrownBy(() -> apply(delta(1, 2)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("again and again");
    }

    @Test
    void everyWriteIsFollowedByItsTimeToLive() {
        apply(whole(1));
        assertThat(map.secondsToLive(KEY)).isEqualTo(RECORD_LIFETIME);

        CompareAndSet.Applied<SaveResult> saved = changes.apply(KEY, delta(1, 2));
        assertThat(map.secondsToLive(KEY)).as("lost with the write").isEqualTo(FaultyMap.OF_THE_MAP);
        changes.arm(KEY, saved);
        assertThat(map.secondsToLive(KEY)).isEqualTo(RECORD_LIFETIME);
    }

    @Test
    void aTombstoneNeverGetsTheTimeToLiveOfTheRecordBeforeIt() {
        apply(whole(1));
        CompareAndSet.Applied<SaveResult> slow = changes.apply(KEY, delta(1, 2));
        apply(new End(N1, EPOCH, NOW));

        changes.arm(KEY, slow);

        assertThat(entry()).isInstanceOf(Tombstone.class);
        assertThat(map.secondsToLive(KEY)).isGreaterThanOrEqualTo(Lifetime.ofFound(new Tombstone(EPOCH, NOW)));
    }

    private <R extends Result> R apply(Change<R> change) {
        CompareAndSet.Applied<R> applied = changes.apply(KEY, change);
        changes.arm(KEY, applied);
        return ((Answer.Given<R>) applied.answer()).result();
    }

    private SessionRecord record() {
        return (SessionRecord) entry();
    }

    private Object entry() {
        try {
            byte[] bytes = map.get(KEY);
            return bytes == null ? "nothing" : EntryFormat.decode(bytes);
        } catch (CorruptEntryException e) {
            throw new AssertionError(e);
        }
    }
}
