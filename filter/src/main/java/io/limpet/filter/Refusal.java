package io.limpet.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A response that must not promise what could not be stored: 503 in its place, as long as no byte of it has left. Given
 * by one thread at a time; any may ask whether it was.
 */
final class Refusal {

    private final HttpServletResponse response;
    private final Runnable sync;
    private volatile boolean given;

    /** @param sync tags the session cookie, which Jetty writes again after a reset */
    Refusal(HttpServletResponse response, Runnable sync) {
        this.response = response;
        this.sync = sync;
    }

    void giveIf(boolean unsafe) throws IOException {
        if (unsafe && !given && !response.isCommitted()) {
            given = true;
            Unavailable.answer(response, sync);
        }
    }

    boolean isGiven() {
        return given;
    }
}
