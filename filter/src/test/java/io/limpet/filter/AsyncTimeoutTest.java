package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.StoredAttribute;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An asynchronous request that nobody completes is answered by the container; its changes are saved before that. */
class AsyncTimeoutTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode();

    private final FakeSession session = new FakeSession("4F2A", 1);
    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);
    private final Exchange exchange = node.exchange(container, answer);
    private final LimpetRequest request = exchange.arrived(new LimpetResponse(answer, exchange));
    private final List<String> cart = new ArrayList<>(List.of("rope"));
    /** Whom the container tells of the end. */
    private List<AsyncListener> listeners = new ArrayList<>();

    @BeforeEach
    void becomeAsynchronous() throws IOException {
        when(container.getSession(anyBoolean())).thenReturn(session);
        when(container.startAsync(any(), any())).thenAnswer(call -> startedAnew());
        request.getSession().setAttribute("cart", cart);
        exchange.beforeCommit();
        request.startAsync();
        exchange.beforeCommit(); // the first thread leaves the filter
        cart.add("anchor"); // and another one goes on
    }

    /** As the API has it: listeners hear of the next cycle, and are forgotten unless they stay. */
    private AsyncContext startedAnew() throws IOException {
        AsyncContext context = mock(AsyncContext.class);
        doAnswer(call -> listeners.add(call.getArgument(0))).when(context).addListener(any());
        List<AsyncListener> before = listeners;
        listeners = new ArrayList<>();
        for (AsyncListener listener : before) {
            listener.onStartAsync(new AsyncEvent(context));
        }
        return context;
    }

    private Object stored() throws IOException {
        SessionRecord record = (SessionRecord) node.store.peek("4F2A");
        StoredAttribute stored = record == null ? null : record.attributes().get("cart");
        return stored == null ? "nothing" : node.codec.read(stored.bytes());
    }

    @Test
    void itIsSavedWhenItsTimeIsOut() throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onTimeout(new AsyncEvent(mock(AsyncContext.class)));
        }
        assertThat(stored()).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void itIsSavedWhenItFails() throws IOException {
        for (AsyncListener listener : listeners) {
            listener.onError(new AsyncEvent(mock(AsyncContext.class)));
        }
        assertThat(stored()).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void oneThatBecomesAsynchronousAgainIsSavedOnce() throws IOException {
        request.startAsync();
        request.startAsync();

        assertThat(listeners).hasSize(1);
        itIsSavedWhenItsTimeIsOut();
    }
}
