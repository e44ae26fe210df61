package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.FakeSession;
import io.limpet.failover.JavaSessionCodec;
import io.limpet.failover.Replication;
import io.limpet.failover.ReplicationSettings;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that is forwarded to another application, whose session may have the same id. */
class HomeTest {

    private static final Route N1 = new Route("n1");

    private final Replication replication = new Replication(
            new InMemorySessionStore(),
            new JavaSessionCodec(List.of(), HomeTest.class.getClassLoader()),
            new ReplicationSettings(N1, false, Dirtiness.TOUCHED, Duration.ofSeconds(1)),
            Clock.systemUTC());
    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);

    @AfterEach
    void close() {
        replication.close();
    }

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
        Exchange exchange =
                new Exchange(container, answer, new SessionTagger(new PlainRoutes(), N1, "JSESSIONID"), replication);
        assertThat(exchange.session(true)).isInstanceOf(LimpetSession.class);

        isIn("/other", theirs);

        assertThat(exchange.session(true)).isSameAs(theirs);
    }
}
