package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Member;
import io.limpet.failover.protocol.Trust;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeningTest {

    private final AtomicLong millis = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final Membership membership = mock();
    private final Awakening awakening = new Awakening(new Trust(millis::get), nanos::get);
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
        when(membership.isProvenBy(Set.of(self, second))).thenReturn(true);
        assertThat(awakening.isUnderWay(membership)).isTrue();

        when(membership.isProvenBy(Set.of(self, second, third))).thenReturn(true);
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
        awakening.over();

        assertThat(awakening.isUnderWay(membership)).isFalse();
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
        when(membership.isProvenBy(Set.of(self))).thenReturn(true);

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void anAnswerFromBeforeTheNextSleepDoesNotCountBehindIt() {
        sleep(self, second);
        when(membership.isProvenBy(any())).thenAnswer(asked -> {
            sleep(self, second);
            return true;
        });

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }
}
