package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.record;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTest {

    private static final Point POINT = new Point("4F2A", 1800);
    private static final Outcome<PointResult> POINTED =
            new Outcome.Written<>(PointResult.POINTED, new Pointer("4F2A"), Lifetime.ofPointer(1800));

    @Test
    void aNewIdLeadsToTheRecord() {
        assertThat(POINT.applyTo("77B0", null)).isEqualTo(POINTED);
    }

    @Test
    void pointingAgainReArmsTheTimeToLive() {
        assertThat(POINT.applyTo("77B0", new Pointer("4F2A"))).isEqualTo(POINTED);
    }

    @Test
    void aPointerNeverReplacesASessionOrItsGrave() {
        Outcome<PointResult> occupied = new Outcome.Unchanged<>(PointResult.OCCUPIED);

        assertThat(POINT.applyTo("77B0", record(1))).isEqualTo(occupied);
        assertThat(POINT.applyTo("77B0", new Tombstone(EPOCH, NOW))).isEqualTo(occupied);
    }

    @Test
    void anIdThatIsTheKeyNeedsNoPointer() {
        assertThat(POINT.applyTo("4F2A", null)).isEqualTo(new Outcome.Unchanged<>(PointResult.POINTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 1800, 8 * 3600, 30 * 24 * 3600})
    void aPointerRenewedInTimeOutlivesRecordAndTombstone(int maxInactiveSeconds) {
        long left = Lifetime.ofPointer(maxInactiveSeconds) - Lifetime.pointerRenewal(maxInactiveSeconds);

        assertThat(left).isGreaterThanOrEqualTo(Lifetime.ofRecord(maxInactiveSeconds));
        assertThat(left).isGreaterThanOrEqualTo(Lifetime.ofTombstone(maxInactiveSeconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aSessionThatNeverTimesOutIsKeptForever(int maxInactiveSeconds) {
        assertThat(Lifetime.ofRecord(maxInactiveSeconds)).isEqualTo(Lifetime.FOREVER);
        assertThat(Lifetime.ofPointer(maxInactiveSeconds)).isEqualTo(Lifetime.FOREVER);
        assertThat(Lifetime.pointerRenewal(maxInactiveSeconds)).isEqualTo(Lifetime.FOREVER);
    }
}
