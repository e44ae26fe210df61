package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.protocol.Trust;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwakeningTest {

    private final AtomicLong millis = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final Membership membership = mock();
    private final Awakening awakening = new Awakening(new Trust(millis::get), nanos::get);

    private void sleep(int members) {
        millis.addAndGet(Trust.SLEEP + 1);
        awakening.look(members);
    }

    @Test
    void whoOnlyPausedIsSureOfTheOthers() {
        millis.addAndGet(Trust.SLEEP);
        awakening.look(3);

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoSleptWaitsUntilAllHaveAnswered() {
        sleep(3);
        assertThat(awakening.isUnderWay(membership)).isTrue();

        when(membership.isProven()).thenReturn(true);
        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void thatTheOthersLeaveMeanwhileIsNoAnswer() {
        sleep(2);
        awakening.look(1);

        assertThat(awakening.isUnderWay(membership)).isTrue();
    }

    @Test
    void whoSleptAloneIsForgottenByNobody() {
        sleep(1);
        awakening.look(2);

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoHasMetTheOthersAgainWaitsNoMore() {
        sleep(2);
        awakening.over();

        assertThat(awakening.isUnderWay(membership)).isFalse();
    }

    @Test
    void whoHearsOfNobodyGoesOnAloneInTheEndAndIsAskedAgainAfterTheNextSleep() {
        sleep(2);
        nanos.addAndGet(Awakening.LONGEST.toNanos() - 1);
        assertThat(awakening.isUnderWay(membership)).isTrue();
        nanos.incrementAndGet();
        assertThat(awakening.isUnderWay(membership)).isFalse();

        sleep(2);
        assertThat(awakening.isUnderWay(membership)).isTrue();
    }
}
