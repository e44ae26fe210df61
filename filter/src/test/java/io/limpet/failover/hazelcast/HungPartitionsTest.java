package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client's three servers, of which one hangs: it owns every third of the partitions, and is the backup of another
 * third, which nobody tells a client.
 */
class HungPartitionsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int PARTITIONS = 271;
    private static final int ROUNDS = 5;

    private final AtomicLong now = new AtomicLong();
    private final Entries servers = mock();
    private final GuardedEntries entries =
            new GuardedEntries(servers, TIMEOUT, now::get, () -> CompletableFuture.completedFuture(true));
    private final List<String> waited = new ArrayList<>();
    private final List<CompletableFuture<Object>> open = new ArrayList<>();
    private boolean hangs;

    @BeforeEach
    void keysAreTheNumbersOfTheirPartitions() {
        when(servers.fate(anyString())).thenAnswer(call -> call.getArgument(0));
        when(servers.keepers(anyString())).thenAnswer(call -> third(call.getArgument(0)));
        doAnswer(call -> {
                    if (isHeldUp(call.getArgument(0))) {
                        throw silence(call.getArgument(0));
                    }
                    return new Answer.Given<>(SaveResult.SAVED);
                })
                .when(servers)
                .apply(anyString(), any());
        when(servers.get(anyString())).thenAnswer(call -> {
            if (hangs && third(call.getArgument(0)) == 0) {
                throw silence(call.getArgument(0));
            }
            return new byte[] {1};
        });
        when(servers.probe(anyString(), anyInt())).thenAnswer(call -> {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            open.add(answer);
            if (!isHeldUp(call.getArgument(0))) {
                answer.complete("well");
            }
            return answer;
        });
    }

    private static int third(String key) {
        return Integer.parseInt(key) % 3;
    }

    private boolean isHeldUp(String key) {
        return hangs && third(key) != 1;
    }

    private StoreUnavailableException silence(String key) {
        waited.add(key);
        now.addAndGet(TIMEOUT.toNanos());
        return new StoreUnavailableException("the test says so");
    }

    /** Saves once in each partition, and answers where that was acknowledged. */
    private List<Integer> saved() {
        List<Integer> saved = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            try {
                entries.apply(String.valueOf(i), whole(1));
                saved.add(i);
            } catch (StoreUnavailableException e) {
                assertThat(hangs).as("hangs").isTrue();
            }
        }
        return saved;
    }

    @Test
    void itIsWaitedForAFewTimesInAllAndWhatItDoesNotKeepIsSavedAllTheTime() {
        assertThat(saved()).hasSize(PARTITIONS);
        hangs = true;

        for (int i = 0; i < ROUNDS; i++) {
            assertThat(saved()).hasSize(PARTITIONS / 3).allMatch(partition -> partition % 3 == 1);
            entries.askAgain();
        }

        assertThat(waited).hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void aPartitionThatIsAskedForTheFirstTimeMeanwhileIsNotWaitedForEither() {
        hangs = true;

        for (int i = 0; i < ROUNDS; i++) {
            saved();
        }

        assertThat(waited).hasSizeLessThanOrEqualTo(9);
        assertThat(saved()).hasSize(PARTITIONS / 3);
    }

    @Test
    void nothingIsRefusedAnyMoreWhenAllHaveAcknowledgedAgain() {
        assertThat(saved()).hasSize(PARTITIONS);
        hangs = true;
        saved();
        assertThat(entries.isFailing()).isTrue();

        hangs = false;
        open.forEach(answer -> answer.completeExceptionally(new IllegalStateException("it was restarted")));
        entries.askAgain();

        assertThat(entries.isFailing()).isFalse();
        assertThat(saved()).hasSize(PARTITIONS);
    }

    @Test
    void whoOnlyReadsWaitsForTheOwnerAFewTimesInAll() {
        hangs = true;
        int read = 0;

        for (int i = 0; i < PARTITIONS; i++) {
            try {
                entries.get(String.valueOf(i));
                read++;
            } catch (StoreUnavailableException e) {
                assertThat(i % 3).isZero();
            }
        }

        assertThat(waited).hasSizeLessThanOrEqualTo(3);
        assertThat(read).isEqualTo(PARTITIONS - (PARTITIONS + 2) / 3);
    }
}
