package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import io.limpet.failover.protocol.Tombstone;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.invocation.InvocationOnMock;

/** What an asynchronous request's listeners end past the filter, the application has ended. */
class CallbacksAtWorkTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode();

    private final FakeSession session = new FakeSession("4F2A", 1);
    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);
    private final Exchange exchange = node.exchange(container, answer);
    private final LimpetResponse response = new LimpetResponse(answer, exchange);
    private final LimpetRequest request = exchange.arrived(response);
    private final AsyncContext context = mock(AsyncContext.class);
    private final AsyncEvent event = new AsyncEvent(context);

    @BeforeEach
    void aSessionIsStored() throws IOException {
        session.onEnd(() -> node.replication.destroyed(session)); // as the container's listeners are told
        when(container.getSession(anyBoolean())).thenReturn(session);
        when(container.startAsync(any(), any())).thenReturn(context);
        request.getSession().setAttribute("cart", "rope");
        exchange.beforeCommit();
    }

    private @Nullable Object logout(InvocationOnMock call) {
        session.invalidate();
        assertThat(node.store.peek("4F2A")).isInstanceOf(Tombstone.class);
        return null; // as methods do that answer nothing
    }

    private <T> T application(Class<T> listener) {
        return mock(listener, this::logout);
    }

    private AsyncListener guarded() {
        ArgumentCaptor<AsyncListener> told = ArgumentCaptor.captor();
        request.startAsync().addListener(application(AsyncListener.class));
        verify(context, atLeastOnce()).addListener(told.capture());
        return told.getValue();
    }

    @Test
    void atTheEndOfItsTime() throws IOException {
        guarded().onTimeout(event);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void atItsCompletion() throws IOException {
        guarded().onComplete(event);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void atItsFailure() throws IOException {
        guarded().onError(event);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whenThereIsSomethingToRead() throws IOException {
        reading().onDataAvailable();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whenAllIsRead() throws IOException {
        reading().onAllDataRead();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whenNothingMoreCanBeRead() throws IOException {
        reading().onError(new IOException("gone"));
        assertThat(session.isInvalid()).isTrue();
    }

    private ReadListener reading() throws IOException {
        ServletInputStream input = mock();
        when(container.getInputStream()).thenReturn(input);
        ArgumentCaptor<ReadListener> told = ArgumentCaptor.captor();
        request.getInputStream().setReadListener(application(ReadListener.class));
        verify(input).setReadListener(told.capture());
        return told.getValue();
    }

    @Test
    void whenItMayWrite() throws IOException {
        writing().onWritePossible();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whenItMayWriteNoMore() throws IOException {
        writing().onError(new IOException("gone"));
        assertThat(session.isInvalid()).isTrue();
    }

    private WriteListener writing() throws IOException {
        ServletOutputStream output = mock();
        when(answer.getOutputStream()).thenReturn(output);
        ArgumentCaptor<WriteListener> told = ArgumentCaptor.captor();
        response.getOutputStream().setWriteListener(application(WriteListener.class));
        verify(output).setWriteListener(told.capture());
        return told.getValue();
    }
}
