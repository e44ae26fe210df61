package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.deltaOf;
import static io.limpet.failover.protocol.Sessions.record;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SaveTest {

    private static final String KEY = "4F2A";

    @Test
    void aWholeSaveCreatesTheRecord() {
        SessionRecord saved = saved(whole(1, "cart", "tea"), null);

        assertThat(saved).isEqualTo(record(1, "cart", "tea"));
    }

    @Test
    void aDeltaWithoutARecordAsksForTheWhole() {
        assertThat(refused(delta(1, 2, "cart", "tea"), null)).isEqualTo(SaveResult.MISSING);
    }

    @Test
    void aDeltaChangesWhatItNamesAndKeepsTheRest() {
        SessionRecord saved = saved(delta(1, 2, "cart", "tea,milk"), record(1, "cart", "tea", "user", "ann"));

        assertThat(text(saved, "cart")).isEqualTo("tea,milk");
        assertThat(text(saved, "user")).isEqualTo("ann");
        assertThat(saved.version()).isEqualTo(2);
    }

    @Test
    void onlyChangedAttributesGetANewStamp() {
        SessionRecord saved = saved(delta(1, 2, "cart", "tea,milk"), record(1, "cart", "tea", "user", "ann"));

        assertThat(saved.attributes().get("cart"))
                .extracting(StoredAttribute::stamp)
                .isEqualTo(new Stamp(EPOCH, 2));
        assertThat(saved.attributes().get("user"))
                .extracting(StoredAttribute::stamp)
                .isEqualTo(new Stamp(EPOCH, 1));
    }

    @Test
    void aRemovedAttributeIsGone() {
        Save save = new Save(N1, EPOCH, 1, 2, META, attributes(), Set.of("cart"), false);

        assertThat(saved(save, record(1, "cart", "tea", "user", "ann")).attributes())
                .containsOnlyKeys("user");
    }

    @Test
    void aWholeSaveReplacesAllAttributes() {
        assertThat(saved(whole(2, "user", "ann"), record(1, "cart", "tea")).attributes())
                .containsOnlyKeys("user");
    }

    @Test
    void aTouchMovesTheLastAccessAndNothingElse() {
        SessionMeta later = new SessionMeta(List.of("4F2A", "77B0"), NOW, NOW + 60_000, 900);
        Save touch = new Save(N1, EPOCH, 1, 2, later, attributes(), Set.of(), false);

        SessionRecord saved = saved(touch, record(1, "cart", "tea"));

        assertThat(saved.meta()).isEqualTo(later);
        assertThat(saved.attributes()).isEqualTo(record(1, "cart", "tea").attributes());
    }

    @Test
    void aSaveThatArrivesAgainIsSavedAndChangesNothing() {
        SessionRecord current = record(2, "cart", "tea,milk");

        assertThat(saved(delta(1, 2, "cart", "tea,milk"), current)).isEqualTo(current);
    }

    @Test
    void aSaveThatArrivesAfterALaterOneChangesNothing() {
        SessionRecord current = record(3, "cart", "tea,milk,bread");

        assertThat(saved(delta(1, 2, "cart", "tea,milk"), current)).isEqualTo(current);
    }

    @Test
    void aSaveAfterAnUnansweredOneBuildsOnItOrOnItsBase() {
        Save afterTheUnanswered = delta(1, 3, "cart", "tea,milk", "user", "ann");

        SessionRecord unansweredWasLost = saved(afterTheUnanswered, record(1, "cart", "tea"));
        SessionRecord unansweredArrived = saved(afterTheUnanswered, record(2, "cart", "tea,milk"));

        assertThat(unansweredWasLost.attributes()).isEqualTo(unansweredArrived.attributes());
    }

    @Test
    void aDeltaOnARecordThatLostAcknowledgedSavesAsksForTheWhole() {
        assertThat(refused(delta(2, 3, "user", "ann"), record(1, "cart", "tea")))
                .isEqualTo(SaveResult.MISSING);
    }

    @Test
    void anotherNodesSaveIsFencedOff() {
        assertThat(refused(deltaOf(N2, EPOCH, 1, 2, "cart", ""), record(1, "cart", "tea")))
                .isEqualTo(SaveResult.FENCED);
    }

    @Test
    void aSaveOfAnEarlierEpochIsFencedOffEvenFromTheSameNode() {
        assertThat(refused(deltaOf(N1, EPOCH - 1, 1, 2, "cart", ""), record(1, "cart", "tea")))
                .isEqualTo(SaveResult.FENCED);
    }

    @Test
    void aRecordOfAnotherOwnerThatIsOverFencesNobodyOff() {
        SessionRecord others = record(1, "cart", "tea").handedTo(N2, EPOCH + 1);
        SessionMeta muchLater = new SessionMeta(META.ids(), NOW, NOW + 7 * 24 * 3_600_000L, META.maxInactiveSeconds());
        Save delta = new Save(N1, EPOCH, 1, 2, muchLater, attributes("cart", "milk"), Set.of(), false);
        Save whole = new Save(N1, EPOCH, 1, 2, muchLater, attributes("cart", "milk"), Set.of(), true);

        assertThat(refused(delta, others)).isEqualTo(SaveResult.MISSING);
        assertThat(saved(whole, others).owner()).isEqualTo(N1);
    }

    @Test
    void aRecordOfAnEarlierEpochIsALeftoverAndCountsAsMissing() {
        SessionRecord leftover = record(7, "cart", "tea");
        Save delta = deltaOf(N2, EPOCH + 1, 0, 1, "user", "ann");
        Save whole = new Save(N2, EPOCH + 1, 0, 1, META, attributes("user", "ann"), Set.of(), true);

        assertThat(refused(delta, leftover)).isEqualTo(SaveResult.MISSING);
        assertThat(saved(whole, leftover).owner()).isEqualTo(N2);
    }

    @Test
    void noSaveBringsAnEndedSessionBack() {
        Tombstone tombstone = new Tombstone(EPOCH, NOW);

        assertThat(refused(delta(1, 2, "cart", "tea"), tombstone)).isEqualTo(SaveResult.ENDED);
        assertThat(refused(whole(2, "cart", "tea"), tombstone)).isEqualTo(SaveResult.ENDED);
    }

    @Test
    void aSaveUnderALaterIdGoesWhereThePointerLeads() {
        assertThat(whole(1).applyTo("77B0", new Pointer(KEY))).isEqualTo(new Outcome.Elsewhere<>(KEY));
    }

    @Test
    void everySaveReArmsTheTimeToLive() {
        Outcome<SaveResult> expected = new Outcome.Written<>(SaveResult.SAVED, record(2), Lifetime.ofRecord(1800));

        assertThat(delta(1, 2).applyTo(KEY, record(1))).isEqualTo(expected);
        assertThat(delta(1, 2).applyTo(KEY, record(2))).isEqualTo(expected);
    }

    @Test
    void aVersionThatDoesNotGrowIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> delta(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SessionRecord saved(Save save, @Nullable Entry current) {
        Outcome<SaveResult> outcome = save.applyTo(KEY, current);
        assertThat(outcome).isInstanceOf(Outcome.Written.class);
        Outcome.Written<SaveResult> written = (Outcome.Written<SaveResult>) outcome;
        assertThat(written.result()).isEqualTo(SaveResult.SAVED);
        return (SessionRecord) written.entry();
    }

    private static SaveResult refused(Save save, @Nullable Entry current) {
        Outcome<SaveResult> outcome = save.applyTo(KEY, current);
        assertThat(outcome).isInstanceOf(Outcome.Unchanged.class);
        return ((Outcome.Unchanged<SaveResult>) outcome).result();
    }
}
