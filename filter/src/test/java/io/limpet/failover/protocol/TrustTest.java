package io.limpet.failover.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final Trust trust = new Trust(clock::get);
    private final long before = trust.generation();

    @Test
    void trustLastsWhileTheClockIsLookedAt() {
        for (int i = 0; i < 100; i++) {
            clock.addAndGet(250);
            assertThat(trust.generation()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_001, 3_600_000, -1_001})
    void theFirstLookAfterAJumpOfTheClockIsANewGeneration(long jump) {
        clock.addAndGet(jump);

        assertThat(trust.generation()).isGreaterThan(before);
    }

    @Test
    void oneJumpIsOneLossOfTrust() {
        clock.addAndGet(5_000);
        long after = trust.generation();

        assertThat(trust.generation()).isEqualTo(after);
    }

    @Test
    void manyShortGapsAreNoPause() {
        for (int i = 0; i < 200; i++) {
            clock.addAndGet(60);
            assertThat(trust.generation()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5_001, 3_600_000, -5_001})
    void aLongJumpIsASleepThatTheFirstLookNotices(long jump) {
        long sleptBefore = trust.sleeps();
        clock.addAndGet(jump);

        assertThat(trust.sleeps()).isEqualTo(sleptBefore + 1);
        assertThat(trust.sleeps()).isEqualTo(sleptBefore + 1);
    }

    @Test
    void aPauseIsNoSleepYet() {
        long sleptBefore = trust.sleeps();
        clock.addAndGet(5_000);

        assertThat(trust.sleeps()).isEqualTo(sleptBefore);
    }

    @Test
    void whatHappenedToTheClusterCountsToo() {
        trust.lose();

        assertThat(trust.generation()).isGreaterThan(before);
    }
}
