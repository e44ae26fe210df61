package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeFormatTest {

    private static final Save SAVE =
            new Save(N1, EPOCH, 6, 7, META, attributes("cart", "tea"), Set.of("user", "colour"), false);

    static List<Change<?>> changes() {
        return List.of(SAVE, new Claim(N2, NOW << 12, NOW), new End(N1, EPOCH, NOW), new Point("4F2A", 1800));
    }

    static List<Result> results() {
        return List.of(
                SaveResult.SAVED,
                SaveResult.FENCED,
                SaveResult.ENDED,
                SaveResult.MISSING,
                new ClaimResult.Claimed(record(7, "cart", "tea"), "4F2A", N2),
                new ClaimResult.Ended(),
                new ClaimResult.Missing(),
                EndResult.ENDED,
                EndResult.ENDED_BEFORE,
                EndResult.FENCED,
                PointResult.POINTED,
                PointResult.OCCUPIED);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeActsTheSameAfterItsJourney(Change<?> change) throws CorruptEntryException {
        Change<?> arrived = ChangeFormat.decode(ChangeFormat.encode(change));

        for (Entry entry : List.of(record(6, "user", "ann"), new Tombstone(EPOCH, NOW), new Pointer("x"))) {
            assertThat(arrived.applyTo("4F2A", entry)).isEqualTo(change.applyTo("4F2A", entry));
        }
    }

    @ParameterizedTest
    @MethodSource("results")
    void anAnswerIsReadAsItWasGiven(Result result) throws CorruptEntryException {
        Answer<Result> answer = new Answer.Given<>(result);

        assertThat(AnswerFormat.decode(AnswerFormat.encode(answer), Result.class))
                .isEqualTo(answer);
    }

    @Test
    void anAnswerMayLeadElsewhereOrBeUnreadable() throws CorruptEntryException {
        for (Answer<SaveResult> answer :
                List.of(new Answer.Elsewhere<SaveResult>("4F2A"), new Answer.Unreadable<SaveResult>())) {
            assertThat(AnswerFormat.decode(AnswerFormat.encode(answer), SaveResult.class))
                    .isEqualTo(answer);
        }
    }

    @Test
    void theAnswerToAnotherQuestionIsRefused() {
        byte[] bytes = AnswerFormat.encode(new Answer.Given<>(EndResult.ENDED));

        assertThatThrownBy(() -> AnswerFormat.decode(bytes, SaveResult.class))
                .isInstanceOf(CorruptEntryException.class);
    }

    @Test
    void mutatedBytesAreAChangeOrCorruptAndNothingElse() {
        long seed = System.nanoTime();
        Mutations mutations = new Mutations(seed);
        List<byte[]> good = changes().stream().map(ChangeFormat::encode).toList();
        int readable = 0;
        int corrupt = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = mutations.mutate(good.get(i % good.size()));
            try {
                ChangeFormat.encode(ChangeFormat.decode(bytes));
                readable++;
            } catch (CorruptEntryException e) {
                corrupt++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ": " + Base64.getEncoder().encodeToString(bytes), e);
            }
        }
        assertThat(readable).isPositive();
        assertThat(corrupt).isPositive();
    }
}
