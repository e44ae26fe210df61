package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionNewsTest {

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final AtomicLong live = new AtomicLong(12);
    private final AtomicLong nanos = new AtomicLong();
    private final LiveSessions sessions = new LiveSessions("/shop", new FakeSource(live), nanos::get);
    private final SessionNews news = new SessionNews();

    private void tellTheProxy() {
        when(request.getHeader("Limpet-Route")).thenReturn("owner");
        news.tell(request, response);
    }

    @Test
    void aRequestThatChangesNothingSaysNothing() {
        tellTheProxy();
        verify(response, never()).setHeader(any(), any());
    }

    @Test
    void theHeadersAreNotSearchedForACountThatNoAnswerTells() {
        news.counting(new LiveSessions("/a;b", new FakeSource(live), nanos::get));
        tellTheProxy();
        verify(request, never()).getHeader(any());
        verify(response, never()).setHeader(any(), any());
    }

    @Test
    void anAdoptedSessionIsToldThoughTheContainerTakesItForNew() {
        news.adopted();
        news.asked(new FakeSession("4F2A", 0));
        tellTheProxy();
        verify(response).setHeader("Limpet-Session", "adopted");
    }

    @Test
    void theEndOfASessionIsTold() {
        news.ended();
        tellTheProxy();
        verify(response).setHeader("Limpet-Session", "ended");
    }

    @Test
    void aSessionThatBeganAndEndedIsNoNews() {
        news.adopted();
        news.ended();
        tellTheProxy();
        verify(response, never()).setHeader(any(), any());
    }

    @Test
    void howManySessionsThereAreIsToldWhateverBecameOfTheAnswersOwn() {
        news.counting(sessions);
        tellTheProxy();
        verify(response)
                .setHeader(
                        "Limpet-Session", "kept; live=12; seq=" + sessions.now().sequence() + "; context=/shop");

        live.set(11);
        news.ended();
        tellTheProxy();
        verify(response)
                .setHeader(
                        "Limpet-Session",
                        "ended; live=11; seq=" + sessions.now().sequence() + "; context=/shop");
    }

    @Test
    void anAnswerWithoutNewsSaysNothingButWhoGaveA404OrA503() {
        news.counting(sessions);
        sessions.now();
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        tellTheProxy();
        verify(response, never()).setHeader(any(), any());

        // a container does not show the status of sendError before it takes the response for committed
        news.answering(404);
        tellTheProxy();
        when(response.getStatus()).thenReturn(503);
        news.answering(200);
        tellTheProxy();
        verify(response, times(2))
                .setHeader(
                        "Limpet-Session", "kept; live=12; seq=" + sessions.now().sequence() + "; context=/shop");
    }

    @Test
    void whoseSessionIsKnownToLiveIsNotLookedForInTheContainer() {
        FakeSource source = new FakeSource(live);
        source.ids().add("4F2A");
        news.counting(new LiveSessions("/shop", source, nanos::get));
        assertThat(news.isOfOneThatLives(request)).isFalse();
        when(request.getRequestedSessionId()).thenReturn("4F2A");
        assertThat(news.isOfOneThatLives(request)).isTrue();
        when(request.getRequestedSessionId()).thenReturn("77B1");
        assertThat(news.isOfOneThatLives(request)).isFalse();
    }

    @Test
    void nobodyButTheProxyIsTold() {
        news.ended();
        news.tell(request, response);
        verify(response, never()).setHeader(any(), any());
    }

    @Test
    void aResponseThatHasLeftIsLeftAlone() {
        news.ended();
        when(response.isCommitted()).thenReturn(true);
        tellTheProxy();
        verify(response, never()).setHeader(any(), any());
    }
}
