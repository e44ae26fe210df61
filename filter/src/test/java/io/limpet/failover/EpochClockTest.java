package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EpochClockTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private final EpochClock n1 = new EpochClock(new Route("n1"), Clock.fixed(NOW, ZoneOffset.UTC));
    private final EpochClock n2 = new EpochClock(new Route("n2"), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void noTwoAreTheSameInTheSameMillisecond() {
        assertThat(new long[] {n1.next(), n1.next(), n2.next(), n2.next()}).doesNotHaveDuplicates();
    }

    @Test
    void theNextOneIsLaterThanOneThatWasGrantedToANodeWhoseClockIsAhead() {
        long ahead = NOW.plusSeconds(3_600).toEpochMilli() << 12;
        n1.observe(ahead);
        assertThat(n1.next()).isGreaterThan(ahead);
    }

    @Test
    void oneRecordOfTheEndOfTimeLeavesOtherSessionsTheirEpochs() {
        long last = Long.MAX_VALUE - (3 << 12);
        n1.observe(last);
        n1.observe(Long.MAX_VALUE);
        assertThat(n1.next()).isLessThan(NOW.plusSeconds(1).toEpochMilli() << 12);
    }
}
