package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Jetty looks for a login in the session of the outermost request, and finds none in a session that is not its own. */
class ContainerLoginTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode();

    private final HttpSession own = new FakeSession("4F2A", 1);
    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);
    private final LimpetRequest request;
    /** What the container found when it asked the outermost request for its session. */
    private final List<HttpSession> found = new ArrayList<>();

    ContainerLoginTest() throws Exception {
        when(container.getSession(anyBoolean())).thenReturn(own);
        Exchange exchange = node.exchange(container, answer);
        request = exchange.arrived(new LimpetResponse(answer, exchange));
        when(container.getRemoteUser()).then(call -> asked("ishmael"));
        when(container.getAuthType()).then(call -> asked("FORM"));
        when(container.isUserInRole(anyString())).then(call -> asked(true));
        when(container.authenticate(any())).then(call -> asked(true));
        doAnswer(call -> asked(true)).when(container).login(anyString(), anyString());
        doAnswer(call -> asked(true)).when(container).logout();
    }

    private <T> T asked(T answer) {
        found.add(request.getSession());
        return answer;
    }

    @Test
    void theContainerFindsItsOwnSessionWheneverItLooksForALogin() throws Exception {
        request.login("ishmael", "harpoon");
        assertThat(request.getRemoteUser()).isEqualTo("ishmael");
        assertThat(request.getAuthType()).isEqualTo("FORM");
        assertThat(request.isUserInRole("customer")).isTrue();
        assertThat(request.authenticate(answer)).isTrue();
        request.logout();

        assertThat(found).hasSize(6).allMatch(session -> session == own);
    }

    @Test
    void theApplicationsOwnIsTheWatchedOneBeforeAndBehind() {
        assertThat(request.getSession()).isInstanceOf(LimpetSession.class);
        request.getRemoteUser();
        assertThat(request.getSession()).isInstanceOf(LimpetSession.class);
    }
}
