package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backup hangs: its owner answers who only looks, and leaves who changes something without an answer. */
class AcknowledgedWritesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final byte[] ENTRY = {1};

    private final AtomicLong now = new AtomicLong();
    private final List<String> written = new ArrayList<>();
    private final Entries members = mock();
    private final GuardedEntries entries =
            new GuardedEntries(members, TIMEOUT, now::get, () -> CompletableFuture.completedFuture(true));
    private boolean hangs = true;

    @BeforeEach
    void oneOwnerWhoseEntriesHaveTheFateOfTheirFirstLetters() {
        when(members.keepers(anyString())).thenReturn("the owner");
        when(members.fate(anyString()))
                .thenAnswer(call -> call.getArgument(0, String.class).split("-", 2)[0]);
        when(members.get(anyString())).thenReturn(ENTRY);
        doAnswer(call -> answer(call.getArgument(0), call.getArgument(1)))
                .when(members)
                .apply(anyString(), any());
    }

    private Answer<?> answer(String key, Object change) {
        if (change instanceof Claim) {
            return new Answer.Given<>(new ClaimResult.Missing());
        }
        written.add(key);
        if (hangs && key.startsWith("hung")) {
            now.addAndGet(TIMEOUT.toNanos());
            throw new StoreUnavailableException("the test says so");
        }
        return new Answer.Given<>(SaveResult.SAVED);
    }

    private void isNotSaved(String key) {
        assertThatThrownBy(() -> entries.apply(key, whole(1))).isInstanceOf(StoreUnavailableException.class);
    }

    private void isSaved(String key) {
        assertThat(entries.apply(key, whole(1))).isEqualTo(new Answer.Given<>(SaveResult.SAVED));
    }

    private void threeAreNotSaved() {
        isNotSaved("hung-0");
        isNotSaved("hung-1");
        isNotSaved("hung-2");
    }

    @Test
    void readsAreAnsweredAndSayNothingOfTheBackup() {
        for (int i = 0; i < 20; i++) {
            isNotSaved("hung-" + i);
            assertThat(entries.get("hung-" + i)).isEqualTo(ENTRY);
        }
        assertThat(written).containsExactly("hung-0", "hung-1", "hung-2");
        assertThat(entries.isFailing()).isTrue();
    }

    @Test
    void anAnswerForWhichNothingWasWrittenSaysNothingEither() {
        threeAreNotSaved();
        now.addAndGet(TIMEOUT.toNanos());

        assertThat(entries.apply("hung-3", new Claim(N1, NOW << 12, NOW)))
                .isEqualTo(new Answer.Given<>(new ClaimResult.Missing()));

        assertThat(entries.isFailing()).isTrue();
        isNotSaved("hung-4");
        isNotSaved("hung-5");
        assertThat(written).containsExactly("hung-0", "hung-1", "hung-2", "hung-4");
    }

    @Test
    void anotherFateOfTheSameOwnersSaysNothingEither() {
        for (int i = 0; i < 20; i++) {
            isNotSaved("hung-" + i);
            isSaved("well-" + i);
        }
        assertThat(written).filteredOn(key -> key.startsWith("hung")).hasSize(3);
    }

    @Test
    void aChangeThatIsAcknowledgedSaysThatAllIsWell() {
        threeAreNotSaved();
        now.addAndGet(TIMEOUT.toNanos());
        hangs = false;

        isSaved("hung-3");

        assertThat(entries.isFailing()).isFalse();
        isSaved("hung-4");
    }

    @Test
    void whenTheStatusSaysThatAllIsWellNothingIsRefusedAnyMore() {
        threeAreNotSaved();
        hangs = false;
        when(members.probe(anyString(), anyInt())).thenAnswer(call -> CompletableFuture.completedFuture("well again"));

        entries.askAgain();

        assertThat(entries.isFailing()).isFalse();
        isSaved("hung-3");
    }

    // as Hazelcast's servers do unless they are told otherwise, after five seconds
    @Test
    void anAcknowledgementLaterThanRequestsWaitIsNone() {
        threeAreNotSaved();
        CompletableFuture<Object> answer = new CompletableFuture<>();
        when(members.probe(anyString(), anyInt())).thenAnswer(call -> answer);
        entries.askAgain();
        now.addAndGet(5 * TIMEOUT.toNanos());

        answer.complete("without the backup");

        assertThat(entries.isFailing()).isTrue();
    }
}
