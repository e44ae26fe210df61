package io.limpet.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A response that must not promise what could not be stored: 503 in its place, as long as no byte of it has left. */
final class Refusal {

    private final HttpServletResponse response;
    private boolean given;

    Refusal(HttpServletResponse response) {
        this.response = response;
    }

    void giveIf(boolean unsafe) throws IOException {
        if (unsafe && !given && !response.isCommitted()) {
            given = true;
            Unavailable.answer(response);
        }
    }

    boolean isGiven() {
        return given;
    }
}
