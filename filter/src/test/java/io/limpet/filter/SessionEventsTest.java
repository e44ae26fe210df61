package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import org.junit.jupiter.api.Test;

class SessionEventsTest {

    private final SessionEvents events = new SessionEvents();

    private static HttpSessionEvent of(String id) {
        return new HttpSessionEvent(new FakeSession(id, 0));
    }

    @Test
    void sessionsThatTheContainerKeptInFilesTakeNothingOffTheCountWhenTheyEnd() {
        events.sessionDestroyed(of("kept"));
        events.sessionDestroyed(of("kept, too"));
        events.sessionCreated(of("4F2A"));
        events.sessionCreated(of("77B1"));
        assertThat(events.live()).isEqualTo(2);
    }

    @Test
    void aSessionThatTheContainerKeptInAFileCountsOnceARequestHasIt() {
        HttpSession kept = mock(HttpSession.class);
        when(kept.getId()).thenReturn("kept");
        when(kept.getCreationTime()).thenReturn(1L);
        events.found(kept);
        events.found(kept);
        assertThat(events.live()).isEqualTo(1);

        HttpSession young = mock(HttpSession.class);
        when(young.getId()).thenReturn("young, and told of by the container");
        when(young.getCreationTime()).thenReturn(Long.MAX_VALUE);
        events.found(young);
        assertThat(events.live()).isEqualTo(1);

        events.sessionDestroyed(new HttpSessionEvent(kept));
        assertThat(events.live()).isZero();
    }

    @Test
    void aSessionThatIsSwappedInAgainIsStillOne() {
        events.sessionCreated(of("4F2A"));
        events.sessionCreated(of("4F2A"));
        assertThat(events.live()).isEqualTo(1);
    }

    @Test
    void aSessionWithANewIdIsOneUntilItEnds() {
        events.sessionCreated(of("4F2A"));
        events.sessionIdChanged(of("77B1"), "4F2A");
        assertThat(events.live()).isEqualTo(1);
        assertThat(events.lives("77B1")).isTrue();
        assertThat(events.lives("4F2A")).isFalse();
        events.sessionDestroyed(of("77B1"));
        assertThat(events.live()).isZero();
        assertThat(events.lives("77B1")).isFalse();
    }

    @Test
    void whereNobodyCountsANodeIsNeverEmpty() {
        assertThat(SessionEvents.areHeard(mock(ServletContext.class))).isFalse();
        LiveSessions uncounted = LiveSessions.uncounted("/shop");
        assertThat(uncounted.now().live()).isNegative();
        assertThat(uncounted.now().parameters()).isEmpty();
        assertThat(new Application("/shop", "off", uncounted.now().live(), 1, 0).isEmpty())
                .isFalse();
    }
}
