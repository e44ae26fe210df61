package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import java.util.concurrent.TimeUnit;
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
        events.sessionDestroyed(of("77B1"));
        assertThat(events.live()).isZero();
    }

    @Test
    void aSessionLivesUntilItsTimeIsOverWhetherTheContainerHasNoticedOrNot() {
        long now = System.currentTimeMillis();
        FakeSession young = new FakeSession("young", now);
        events.sessionCreated(new HttpSessionEvent(young));
        events.sessionCreated(new HttpSessionEvent(new FakeSession("old", now - TimeUnit.HOURS.toMillis(1))));
        FakeSession everlasting = new FakeSession("everlasting", 0);
        everlasting.setMaxInactiveInterval(0);
        events.sessionCreated(new HttpSessionEvent(everlasting));
        assertThat(events.lives("young")).isTrue();
        assertThat(events.lives("old")).isFalse();
        assertThat(events.lives("everlasting")).isTrue();
        assertThat(events.lives("unknown")).isFalse();

        young.rename("renamed");
        events.sessionIdChanged(new HttpSessionEvent(young), "young");
        assertThat(events.lives("young")).isFalse();
        assertThat(events.lives("renamed")).isTrue();
        young.invalidate();
        assertThat(events.lives("renamed")).isFalse();
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
