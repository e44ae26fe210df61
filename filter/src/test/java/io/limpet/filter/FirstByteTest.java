package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.FakeSession;
import io.limpet.failover.protocol.SessionRecord;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A response whose first byte has left implies that its session changes are in the store, on every way out. */
class FirstByteTest {

    private static final int BUFFER = 100;

    /** One way in which an application makes its response leave. */
    private interface Way {
        void out(LimpetRequest request, LimpetResponse response) throws Exception;
    }

    private static final Map<String, Way> WAYS = Map.ofEntries(
            Map.entry("flushBuffer", (request, response) -> response.flushBuffer()),
            Map.entry(
                    "stream flush",
                    (request, response) -> response.getOutputStream().flush()),
            Map.entry(
                    "stream close",
                    (request, response) -> response.getOutputStream().close()),
            Map.entry(
                    "buffer full",
                    (request, response) -> response.getOutputStream().write(new byte[BUFFER])),
            Map.entry("buffer full, byte by byte", FirstByteTest::byteByByte),
            Map.entry(
                    "too long for Jetty to copy",
                    (request, response) -> response.getOutputStream().write(new byte[BUFFER / 4 + 1])),
            Map.entry("length reached", lengthReached(response -> response.setContentLength(2))),
            Map.entry("length by header", lengthReached(response -> response.setHeader("content-length", "2"))),
            Map.entry("length by added number", lengthReached(response -> response.addIntHeader("Content-Length", 2))),
            Map.entry(
                    "writer flush", (request, response) -> response.getWriter().flush()),
            Map.entry(
                    "writer close", (request, response) -> response.getWriter().close()),
            Map.entry("writer full", (request, response) -> response.getWriter().write("ä".repeat(BUFFER / 2))),
            Map.entry(
                    "writer format", (request, response) -> response.getWriter().printf("%s", "x".repeat(BUFFER))),
            Map.entry("redirect", (request, response) -> response.sendRedirect("/elsewhere")),
            Map.entry("error", (request, response) -> response.sendError(404)),
            Map.entry("error with a message", (request, response) -> response.sendError(404, "gone")),
            Map.entry(
                    "async complete",
                    (request, response) -> request.startAsync().complete()));

    @AutoClose
    private final ReplicatingNode node = new ReplicatingNode();

    private final FakeSession session = new FakeSession("4F2A", 1);
    /** Whether the change was in the store, for each time that something left the container. */
    private final List<Boolean> left = new ArrayList<>();

    private int announced = Integer.MAX_VALUE;

    static List<Arguments> ways() {
        return WAYS.entrySet().stream()
                .map(way -> Arguments.of(Named.of(way.getKey(), way.getValue())))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theChangeIsInTheStoreBeforeTheFirstByteLeaves(Way way) throws Exception {
        Exchange exchange = exchange();
        LimpetResponse response = new LimpetResponse(container(), exchange);
        LimpetRequest request = exchange.arrived(response);
        request.getSession().setAttribute("cart", "rope");

        way.out(request, response);

        assertThat(left).isNotEmpty().doesNotContain(false);
    }

    @Test
    void aShortResponseIsNotSavedBeforeItsEnd() throws Exception {
        Exchange exchange = exchange();
        LimpetResponse response = new LimpetResponse(container(), exchange);
        exchange.arrived(response).getSession().setAttribute("cart", "rope");
        response.getOutputStream().write(new byte[BUFFER / 4]);
        response.getOutputStream().write(new byte[BUFFER / 4]);
        assertThat(isInTheStore()).isFalse();
        exchange.beforeCommit();
        assertThat(isInTheStore()).isTrue();
    }

    private static void byteByByte(LimpetRequest request, LimpetResponse response) throws Exception {
        ServletOutputStream out = response.getOutputStream();
        for (int i = 0; i < BUFFER; i++) {
            out.write(i);
        }
    }

    private static Way lengthReached(Consumer<LimpetResponse> announce) {
        return (request, response) -> {
            announce.accept(response);
            response.getOutputStream().write("ok".getBytes(StandardCharsets.US_ASCII));
        };
    }

    private boolean isInTheStore() {
        return node.store.peek("4F2A") instanceof SessionRecord record
                && record.attributes().containsKey("cart");
    }

    private void leaves() {
        left.add(isInTheStore());
    }

    private Exchange exchange() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getRequestURI()).thenReturn("/");
        when(request.getContextPath()).thenReturn("");
        when(request.getSession(true)).thenReturn(session);
        when(request.getSession(false)).thenReturn(session);
        AsyncContext async = mock(AsyncContext.class);
        doAnswer(call -> {
                    leaves();
                    return call;
                })
                .when(async)
                .complete();
        when(request.startAsync(any(), any())).thenReturn(async);
        return node.exchange(request, container());
    }

    /** A container's response, which notes what the store has whenever something leaves it. */
    private HttpServletResponse container() {
        try {
            HttpServletResponse response = mock(HttpServletResponse.class);
            when(response.getBufferSize()).thenReturn(BUFFER);
            when(response.getCharacterEncoding()).thenReturn("UTF-8");
            when(response.getOutputStream()).thenReturn(new LeakyStream());
            when(response.getWriter()).thenReturn(new LeakyWriter());
            doAnswer(call -> announced = call.getArgument(0)).when(response).setContentLength(anyInt());
            doAnswer(call -> announced = call.getArgument(1)).when(response).addIntHeader(anyString(), anyInt());
            doAnswer(call -> announced = Integer.parseInt(call.getArgument(1)))
                    .when(response)
                    .setHeader(anyString(), anyString());
            doAnswer(this::leaves).when(response).flushBuffer();
            doAnswer(this::leaves).when(response).sendRedirect(anyString());
            doAnswer(this::leaves).when(response).sendError(anyInt());
            doAnswer(this::leaves).when(response).sendError(anyInt(), anyString());
            return response;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Object leaves(Object call) {
        leaves();
        return call;
    }

    /** Sends as soon as the buffer is full or, as Jetty does, all that was announced or much at once has come. */
    private final class LeakyStream extends ServletOutputStream {
        private int written;

        @Override
        public void write(int b) {
            written++;
            if (written >= Math.min(BUFFER, announced)) {
                leaves();
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > BUFFER / 4) {
                leaves();
            }
            super.write(bytes, offset, length);
        }

        @Override
        public void flush() {
            leaves();
        }

        @Override
        public void close() {
            leaves();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}
    }

    private final class LeakyWriter extends PrintWriter {
        private int written;

        LeakyWriter() {
            super(new StringWriter());
        }

        @Override
        public void write(String text, int offset, int length) {
            written += text.substring(offset, offset + length).getBytes(StandardCharsets.UTF_8).length;
            if (written >= BUFFER) {
                leaves();
            }
        }

        @Override
        public void flush() {
            leaves();
        }

        @Override
        public void close() {
            leaves();
        }
    }
}
