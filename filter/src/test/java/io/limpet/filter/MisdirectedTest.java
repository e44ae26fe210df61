package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.Affinity;
import io.limpet.failover.Arrival;
import io.limpet.failover.NoFailover;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy empties this node, which has no failover. */
class MisdirectedTest {

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final Exchange exchange = new Exchange(
            request, response, new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID"), new NoFailover());

    @BeforeEach
    void leave() {
        when(request.getHeader("Limpet-Route")).thenReturn("owner;leaving");
        when(request.getRequestedSessionId()).thenReturn("4F2A");
    }

    private boolean isAnswered() {
        return Misdirected.answersForALost(request, response, Arrival.NOT_ASKED, exchange.news());
    }

    @Test
    void aSessionThatIsNotHereIsToBeginElsewhere() {
        assertThat(isAnswered()).isTrue();
        verify(response).setStatus(421);
        verify(response).setHeader("Limpet-Session", "lost");
    }

    @Test
    void aSessionThatLivesHereIsServed() {
        when(request.isRequestedSessionIdValid()).thenReturn(true);
        assertThat(isAnswered()).isFalse();
        verify(response, never()).setStatus(421);
        verify(request, never()).getSession(false); // it would be an access of the session, and keep it alive
    }

    @Test
    void whoAsksForNoSessionIsServed() {
        when(request.getRequestedSessionId()).thenReturn(null);
        assertThat(isAnswered()).isFalse();
    }

    @Test
    void withoutThatWordNobodyAsksTheContainerOfTheSession() {
        when(request.getHeader("Limpet-Route")).thenReturn("owner");
        assertThat(isAnswered()).isFalse();
        verify(request, never()).isRequestedSessionIdValid();
    }

    @Test
    void theHeadersAreSearchedOnceForARequest() throws Exception {
        when(request.getHeader("Limpet-Route")).thenReturn("owner");
        isAnswered();
        exchange.beforeCommit();
        verify(request, times(1)).getHeader("Limpet-Route");
    }

    @Test
    void forTheApplicationItIsTheOwnersRequest() {
        assertThat(ProxyChoice.in(request).choice()).isEqualTo(Affinity.Choice.OWNER);
    }
}
