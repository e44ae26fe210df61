package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import io.limpet.failover.Work.AtWork;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code on-store-failure=reject}: a logout that the store did not take is not answered as if it had. */
class RefusedLogoutTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode(true, Duration.ofSeconds(1));

    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);
    private final LimpetRequest request;
    private final Exchange exchange;

    /** What the container has for the client. */
    private @Nullable HttpSession current;

    private int made;

    RefusedLogoutTest() throws Exception {
        when(container.getSession(anyBoolean())).thenAnswer(call -> {
            if (current == null && call.<Boolean>getArgument(0)) {
                current = made();
            }
            return current;
        });
        when(answer.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
        exchange = node.exchange(container, answer);
        request = exchange.arrived(new LimpetResponse(answer, exchange));
        request.getSession().setAttribute("cart", "rope");
        exchange.beforeCommit();
        node.store.available(false);
    }

    private HttpSession made() {
        made++;
        FakeSession session = new FakeSession("S" + made, 1);
        session.onEnd(() -> {
            node.replication.destroyed(session); // as the container's listeners are told
            current = null;
        });
        return session;
    }

    @Test
    void aLogoutThatTheStoreDidNotTakeIsRefused() throws Exception {
        request.getSession().invalidate();

        isRefused();
    }

    @Test
    void aSecondInvalidateDoesNotTakeTheRefusalBack() throws Exception {
        HttpSession session = request.getSession();
        session.invalidate();
        assertThatIllegalStateException().isThrownBy(session::invalidate);

        isRefused();
    }

    @Test
    void theEndOfANewSessionDoesNotTakeTheRefusalBack() throws Exception {
        request.getSession().invalidate();
        Objects.requireNonNull(request.getSession(true)).invalidate();

        isRefused();
    }

    @Test
    void aLogoutPastTheFilterThatTheStoreDidNotTakeIsRefused() throws Exception {
        AtWork here = exchange.work().begin();
        try (here) {
            Objects.requireNonNull(current).invalidate();
        }

        isRefused();
    }

    private void isRefused() throws Exception {
        assertThat(exchange.beforeCommit()).isFalse();
        verify(answer).setStatus(503);
    }
}
