package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.limpet.failover.FakeSession;
import io.limpet.failover.NoFailover;
import io.limpet.failover.Rebalance;
import io.limpet.failover.Visit;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimpetSessionTest {

    private final FakeSession own = new FakeSession("4F2A", 0);
    private final NoFailover failover = new NoFailover();
    private final LimpetSession session = LimpetSession.of(
            own,
            mock(Visit.class),
            new Exchange(
                    mock(HttpServletRequest.class),
                    mock(HttpServletResponse.class),
                    new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID"),
                    failover));

    private List<String> names() {
        return Collections.list(session.getAttributeNames());
    }

    @Test
    void whenItMovedIsNoAttributeOfTheApplications() {
        own.setAttribute("user", "ann");
        assertThat(names()).containsExactly("user");
        own.setAttribute(Rebalance.MOVED_AT, 1L);
        assertThat(names()).containsExactly("user");
    }

    @Test
    void whoeverClearsItKeepsWhenItMoved() {
        own.setAttribute("user", "ann");
        own.setAttribute(Rebalance.MOVED_AT, 1L);
        names().forEach(session::removeAttribute);
        assertThat(Collections.list(own.getAttributeNames())).containsExactly(Rebalance.MOVED_AT);
    }
}
