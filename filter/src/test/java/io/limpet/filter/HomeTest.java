package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A request that is forwarded to another application, whose session may have the same id. */
class HomeTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode();

    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);

    private void isIn(String context, FakeSession session) {
        ServletContext application = mock(ServletContext.class);
        when(application.getContextPath()).thenReturn(context);
        when(container.getServletContext()).thenReturn(application);
        when(container.getSession(anyBoolean())).thenReturn(session);
    }

    @Test
    void theOtherApplicationGetsItsOwnSessionAndNotTheOneThatIsWatchedHere() {
        FakeSession ours = new FakeSession("4F2A", 1);
        FakeSession theirs = new FakeSession("4F2A", 1);
        isIn("/shop", ours);
        Exchange exchange = node.exchange(container, answer);
        assertThat(exchange.session(true)).isInstanceOf(LimpetSession.class);

        isIn("/other", theirs);

        assertThat(exchange.session(true)).isSameAs(theirs);
    }
}
