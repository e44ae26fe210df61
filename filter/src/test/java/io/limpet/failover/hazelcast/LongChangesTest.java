package io.limpet.failover.hazelcast;

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
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network that loses long packets: what is short arrives, and says nothing of the rest. */
class LongChangesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int LONGEST = 1_400;
    private static final Save SHORT = whole(1, "user", "ann");
    private static final Save LONG = whole(1, "cart", "x".repeat(20_000));

    private final AtomicLong now = new AtomicLong();
    private final Entries members = mock();
    private final GuardedEntries entries =
            new GuardedEntries(members, TIMEOUT, now::get, () -> CompletableFuture.completedFuture(true));
    private final List<Integer> waited = new ArrayList<>();
    private boolean mended;

    @BeforeEach
    void oneFate() {
        when(members.fate(anyString())).thenReturn("all");
        when(members.keepers(anyString())).thenReturn("all");
        doAnswer(call -> {
                    int bytes = call.<Change<?>>getArgument(1).bytes();
                    if (!arrives(bytes)) {
                        waited.add(bytes);
                        now.addAndGet(TIMEOUT.toNanos());
                        throw new StoreUnavailableException("the test says so");
                    }
                    return new Answer.Given<>(SaveResult.SAVED);
                })
                .when(members)
                .apply(anyString(), any());
        when(members.probe(anyString(), anyInt()))
                .thenAnswer(call -> arrives(call.getArgument(1))
                        ? CompletableFuture.completedFuture("well")
                        : CompletableFuture.failedFuture(new StoreUnavailableException("lost, too")));
    }

    private boolean arrives(int bytes) {
        return mended || bytes < LONGEST;
    }

    private void isNotSaved(Save save) {
        assertThatThrownBy(() -> entries.apply("session", save)).isInstanceOf(StoreUnavailableException.class);
    }

    private void isSaved(Save save) {
        assertThat(entries.apply("session", save)).isEqualTo(new Answer.Given<>(SaveResult.SAVED));
    }

    @Test
    void shortOnesLetNobodyWaitForLongOnesAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            isNotSaved(LONG);
            isSaved(SHORT);
        }

        assertThat(waited).hasSize(3);
        assertThat(entries.isFailing()).isTrue();
    }

    @Test
    void norDoProbesWhichAreAsLongAsWhatWasNotAnswered() {
        for (int i = 0; i < 20; i++) {
            isNotSaved(LONG);
            entries.askAgain();
        }

        assertThat(waited).hasSize(3);
        assertThat(entries.isFailing()).isTrue();
    }

    @Test
    void longOnesAreTakenAgainWhenAProbeOfTheirLengthIs() {
        for (int i = 0; i < 5; i++) {
            isNotSaved(LONG);
        }
        mended = true;

        entries.askAgain();

        assertThat(entries.isFailing()).isFalse();
        isSaved(LONG);
    }
}
