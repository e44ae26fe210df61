package io.limpet.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Knows when the first byte of a response is about to leave: on a flush, when the container's buffer is full, and when
 * the announced length is reached. It asks before each, so that the session is saved and its cookie tagged first.
 *
 * <p>It may ask too early, never too late: an early save costs another one, a late save loses a promise. How much the
 * container holds back is known at the most, so from there on it asks before every write until the response has left.
 * Jetty copies only short writes into its buffer: one of more than a quarter of it, unless configured otherwise, leaves
 * at once with all that was held back.
 */
final class CommitGuard {

    /** Which part of the buffer a single write may fill before Jetty passes it by. */
    private static final int COPIED_PART = 4;

    private final HttpServletResponse response;
    private final Exchange exchange;
    private long buffered;
    private long expected = Long.MAX_VALUE;

    CommitGuard(HttpServletResponse response, Exchange exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    /** Called before anything that makes the response leave; false when it was refused and answered already. */
    boolean mayLeave() throws IOException {
        return exchange.beforeCommit();
    }

    /** Called before this many bytes, at the most, are written; false when they must not be. */
    boolean mayWrite(long atMost) throws IOException {
        buffered += atMost;
        int buffer = response.getBufferSize();
        boolean stays = buffered < buffer && atMost <= buffer / COPIED_PART && buffered < expected;
        if (stays || response.isCommitted()) {
            return !exchange.isRefused();
        }
        return exchange.beforeCommit();
    }

    void expect(long length) {
        expected = length < 0 ? Long.MAX_VALUE : length;
    }

    void expect(@Nullable String headerName, @Nullable String value) {
        if (value != null && "Content-Length".equalsIgnoreCase(headerName) && value.matches("\\d{1,18}")) {
            expect(Long.parseLong(value));
        }
    }

    void reset() {
        buffered = 0;
    }
}
