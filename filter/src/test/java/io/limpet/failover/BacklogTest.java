package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store did not take is tried again, and members that are silent keep nothing of others waiting. */
class BacklogTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final Clock clock = mock(Clock.class);
    private final Threads threads = mock(Threads.class);
    private final AtomicInteger tries = new AtomicInteger();
    private Runnable work = () -> {};

    @BeforeEach
    void workOnlyAtTheEnd() {
        when(clock.millis()).thenAnswer(asked -> now.get());
        when(threads.repeat(anyString(), anyLong(), any())).thenAnswer(call -> {
            work = call.getArgument(2);
            return (Runnable) () -> {};
        });
    }

    @Test
    void aStopWaitsTenSecondsForEndsThatTheStoreDoesNotTake() {
        Backlog backlog = backlog(shadow -> SaveOutcome.SAVED);
        for (int i = 0; i < 10; i++) {
            backlog.endAgain(Set.of("session " + i), longestMove -> silence());
        }

        backlog.close();

        assertThat(tries).hasValue(3);
    }

    @Test
    void aStopEndsWhateverTheStoreTakes() {
        Backlog backlog = backlog(shadow -> SaveOutcome.SAVED);
        for (int i = 0; i < 10; i++) {
            backlog.endAgain(Set.of("session " + i, "its other id " + i), longestMove -> tries.incrementAndGet());
        }

        backlog.close();

        assertThat(tries).hasValue(10);
    }

    private Backlog backlog(Backlog.Saves saves) {
        return new Backlog(clock, saves, () -> {}, threads);
    }

    private final class Answers implements Backlog.Saves {

        private final Map<Shadow, SaveOutcome> outcomes = new HashMap<>();
        private final Map<Shadow, String> keepers = new HashMap<>();
        private final List<Shadow> tried = new ArrayList<>();
        private final Backlog backlog = backlog(this);

        Shadow queue(String member, SaveOutcome outcome) {
            Shadow shadow = mock();
            outcomes.put(shadow, outcome);
            keepers.put(shadow, member);
            backlog.saveLater(shadow);
            return shadow;
        }

        @Override
        public SaveOutcome save(Shadow shadow) {
            tried.add(shadow);
            SaveOutcome outcome = outcomes.getOrDefault(shadow, SaveOutcome.SAVED);
            if (outcome == SaveOutcome.QUEUED || outcome == SaveOutcome.BUSY) {
                backlog.saveLater(shadow);
            }
            return outcome;
        }

        @Override
        public Object keepers(Shadow shadow) {
            return keepers.getOrDefault(shadow, "nobody");
        }
    }

    @Test
    void aRoundTriesOneOfThoseWhoseMembersAreSilentAndAllOthers() {
        Answers answers = new Answers();
        Shadow silent = answers.queue("hung", SaveOutcome.QUEUED);
        Shadow waits = answers.queue("hung", SaveOutcome.QUEUED);
        Shadow well = answers.queue("well", SaveOutcome.SAVED);

        work.run();
        assertThat(answers.tried).containsExactly(silent, well);

        work.run();
        assertThat(answers.tried).containsExactly(silent, well, waits);
    }

    @Test
    void aSessionThatChangesAllTheTimeKeepsNoOtherWaiting() {
        Answers answers = new Answers();
        Shadow busy = answers.queue("well", SaveOutcome.BUSY);
        Shadow next = answers.queue("well", SaveOutcome.SAVED);

        work.run();

        assertThat(answers.tried).containsExactly(busy, next);
        assertThat(answers.backlog.isEmpty()).isFalse();
    }

    private void silence() {
        tries.incrementAndGet();
        now.addAndGet(4_000);
        throw new StoreUnavailableException("silent");
    }
}
