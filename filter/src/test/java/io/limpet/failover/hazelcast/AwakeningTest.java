package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Member;
import io.limpet.failover.protocol.Trust;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeningTest {

    private final AtomicLong millis = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final Membership membership = mock();
    private final Trust trust = new Trust(millis::get);
    private final Awakening awakening = new Awakening(trust, 0, nanos::get);
    private final Member self = mock();
    private final Member second = mock();
    private final Member third = mock();

    private void sleep(Member... known) {
        millis.addAndGet(Trust.SLEEP + 1);
        awakening.look(Set.of(known));
    }

    @Test
    void whoOnlyPausedIsSureOfTheOthers() {
        millis.addAndGet(Trust.SLEEP);
        awakening.look(Set.of(self, second));

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoSleptWaitsUntilAllThatHeKnewThenHaveAnswered() {
        sleep(self, second, third);
        when(membership.proven()).thenReturn(Set.of(self, second));
        assertThat(awakening.isUnderWay(membership)).isTrue();

        when(membership.proven()).thenReturn(Set.of(self, second, third));
        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void thatTheOthersLeaveMeanwhileIsNoAnswer() {
        sleep(self, second);
        awakening.look(Set.of(self));

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void whoSleptAloneIsForgottenByNobody() {
        sleep(self);
        awakening.look(Set.of(self, second));

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoHasMergedWithTheOthersWaitsNoMore() {
        sleep(self, second);
        awakening.merged(awakening.sleeps());

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void aMergeEndsNoSleepThatBeganAfterIt() {
        sleep(self, second);
        long sleepsBeforeMerge = awakening.sleeps();
        sleep(self, second);
        awakening.merged(sleepsBeforeMerge);

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void withAQuorumOfMoreThanHalfTheAnswersOfOneAreEnough() {
        Awakening ofQuorum = new Awakening(trust, 2, nanos::get);
        millis.addAndGet(Trust.SLEEP + 1);
        ofQuorum.look(Set.of(self, second, third));
        when(membership.proven()).thenReturn(Set.of(self));
        assertThat(ofQuorum.isUnderWay(membership)).isTrue();

        when(membership.proven()).thenReturn(Set.of(self, second));
        assertThat(ofQuorum.isUnderWay(membership)).isFalse();
    }

    @Test
    void aQuorumThatOthersMayHaveToProvesNothing() {
        Awakening ofQuorum = new Awakening(trust, 2, nanos::get);
        millis.addAndGet(Trust.SLEEP + 1);
        ofQuorum.look(Set.of(self, second, third, mock(Member.class)));
        when(membership.proven()).thenReturn(Set.of(self, second));

        assertThat(ofQuorum.isUnderWay(membership)).isTrue();
    }

    @Test
    void aCallWaitsForAnswersOnlyInTheFirstMoment() {
        when(membership.proof()).thenReturn(new CompletableFuture<>());
        sleep(self, second);
        assertThat(awakening.answers(membership).toCompletableFuture()).isNotDone();

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        assertThat(awakening.answers(membership).toCompletableFuture()).isDone();
    }

    @Test
    void aSlowStartIsNoSleep() {
        sleep(self, second);
        millis.addAndGet(Trust.SLEEP + 1);
        awakening.started();
        awakening.look(Set.of(self, second));

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoHearsOfNobodyGoesOnAloneInTheEndAndIsAskedAgainAfterTheNextSleep() {
        sleep(self, second);
        nanos.addAndGet(Awakening.LONGEST.toNanos() - 1);
        assertThat(awakening.isUnderWay(membership)).isTrue();
        nanos.incrementAndGet();
        assertThat(awakening.isUnderWay(membership)).isFalse();

        sleep(self, second);
        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void whoFallsAsleepAgainBeforeHeHasHeardOfTheOthersHasAllTheTimeAgainAndMeansTheSame() {
        sleep(self, second);
        nanos.addAndGet(Awakening.LONGEST.toNanos());
        sleep(self);
        when(membership.proven()).thenReturn(Set.of(self));

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void anAnswerFromBeforeTheNextSleepDoesNotCountBehindIt() {
        sleep(self, second);
        when(membership.proven()).thenAnswer(asked -> {
            sleep(self, second);
            return Set.of(self, second);
        });

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }
}
