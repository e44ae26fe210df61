package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members: what hung keeps is not asked for again and again, and what the other keeps is as if nothing were. */
class GuardedEntriesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final byte[] ENTRY = {1};

    private final AtomicLong now = new AtomicLong();
    private CompletionStage<?> proof = CompletableFuture.completedFuture(true);
    private final List<String> asked = new ArrayList<>();
    private final Entries members = mock();
    private final GuardedEntries entries = new GuardedEntries(members, TIMEOUT, now::get, () -> proof);

    @BeforeEach
    void keysBeginWithTheNameOfTheirMember() {
        when(members.fate(anyString())).thenAnswer(call -> member(call.getArgument(0)));
        when(members.keepers(anyString())).thenAnswer(call -> member(call.getArgument(0)));
        when(members.get(anyString())).thenAnswer(call -> {
            String key = call.getArgument(0);
            asked.add(key);
            if (key.startsWith("hung")) {
                now.addAndGet(TIMEOUT.toNanos());
                throw new StoreUnavailableException("the test says so");
            }
            return ENTRY;
        });
    }

    private static String member(String key) {
        return key.split("-", 2)[0];
    }

    private void isUnavailable(String key) {
        assertThatThrownBy(() -> entries.get(key)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aHungMembersEntriesAreRefusedAtOnceAfterThreeAlthoughTheOthersAreAnsweredInBetween() {
        for (int i = 0; i < 20; i++) {
            isUnavailable("hung-" + i);
            assertThat(entries.get("well-" + i)).isEqualTo(ENTRY);
        }

        assertThat(asked).filteredOn(key -> key.startsWith("hung")).containsExactly("hung-0", "hung-1", "hung-2");
        assertThat(asked).filteredOn(key -> key.startsWith("well")).hasSize(20);
    }

    @Test
    void theStoreIsFailingUntilWhoWasSilentAnswersWhoeverElseDoes() {
        isUnavailable("hung-0");
        assertThat(entries.get("well-0")).isEqualTo(ENTRY);
        assertThat(entries.isFailing()).isTrue();

        CompletableFuture<Object> answer = new CompletableFuture<>();
        when(members.probe("hung-0", 0)).thenAnswer(call -> answer);
        entries.askAgain();
        entries.askAgain(); // is still being asked
        assertThat(entries.isFailing()).isTrue();
        verify(members, times(1)).probe(anyString(), anyInt());

        answer.complete("well again");
        assertThat(entries.isFailing()).isFalse();
    }

    @Test
    void anAnswerWithoutTheOthersWordForItCountsForNothing() {
        isUnavailable("hung-0");
        when(members.probe("hung-0", 0)).thenAnswer(call -> CompletableFuture.completedFuture("well again"));

        proof = CompletableFuture.failedFuture(new IllegalStateException("alone"));
        entries.askAgain();
        assertThat(entries.isFailing()).isTrue();

        proof = CompletableFuture.completedFuture(true);
        entries.askAgain();
        assertThat(entries.isFailing()).isFalse();
    }
}
