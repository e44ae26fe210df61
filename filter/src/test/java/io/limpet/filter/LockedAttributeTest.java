package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import io.limpet.failover.protocol.SessionRecord;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An asynchronous request writes under the lock of an attribute that the thread which began it is about to save: a
 * {@link Vector} is written under its own lock, and so is whatever the application guards alike.
 */
@Timeout(30)
class LockedAttributeTest {

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode(false, Duration.ofMillis(200));

    private final HttpServletRequest container = mock(HttpServletRequest.class);
    private final HttpServletResponse answer = mock(HttpServletResponse.class);
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    @SuppressWarnings("JdkObsolete") // that it locks itself is the point
    void whoWritesUnderItWaitsForTheSaveNoLongerThanForTheStore() throws Exception {
        when(container.getSession(anyBoolean())).thenReturn(new FakeSession("4F2A", 1));
        StringWriter left = new StringWriter();
        when(answer.getWriter()).thenReturn(new PrintWriter(left));
        when(answer.getCharacterEncoding()).thenReturn("UTF-8");
        when(answer.getBufferSize()).thenReturn(10);
        Exchange exchange = node.exchange(container, answer);
        LimpetResponse response = new LimpetResponse(answer, exchange);
        Vector<String> items = new Vector<>(List.of("more than the buffer holds"));
        exchange.arrived(response).getSession().setAttribute("items", items);

        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch saving = new CountDownLatch(1);
        Future<?> asynchronous = threads.submit(() -> {
            synchronized (items) {
                locked.countDown();
                saving.await();
                response.getWriter().println(items.get(0));
            }
            return null;
        });
        locked.await();
        Thread[] saver = new Thread[1];
        Future<Boolean> leaving = threads.submit(() -> {
            saver[0] = Thread.currentThread();
            return exchange.beforeCommit();
        });
        Awaitility.await().until(() -> saver[0] != null && saver[0].getState() == Thread.State.BLOCKED);
        saving.countDown();

        asynchronous.get(10, TimeUnit.SECONDS);
        assertThat(leaving.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(left.toString()).startsWith("more than");
        assertThat(node.store.peek("4F2A")).isInstanceOf(SessionRecord.class);
    }
}
