package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.limpet.failover.FakeSession;
import jakarta.servlet.ServletContext;
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
        events.sessionDestroyed(of("77B1"));
        assertThat(events.live()).isZero();
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
