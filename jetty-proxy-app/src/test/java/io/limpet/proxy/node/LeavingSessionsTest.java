package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeavingSessionsTest {

    private static final long NOW = -5;

    private final LeavingSessions sessions = new LeavingSessions();

    @Test
    void aSessionIsRememberedForAMomentAndOthersAreNot() {
        sessions.add("a", NOW);

        assertThat(sessions.has("a", NOW)).isTrue();
        assertThat(sessions.has("a", NOW + LeavingSessions.REMEMBERED.toNanos()))
                .isTrue();
        assertThat(sessions.has("a", NOW + LeavingSessions.REMEMBERED.toNanos() + 2))
                .isFalse();
        assertThat(sessions.has("b", NOW)).isFalse();
    }

    @Test
    void oneThatLeavesWhenTheClockShowsNothingIsRememberedToo() {
        sessions.add("a", 0);

        assertThat(sessions.has("a", 1)).isTrue();
    }
}
