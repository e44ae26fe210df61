package io.limpet.filter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request that must not be served now: 503 with {@code Retry-After} (RFC 9110 §10.2.3). Written at once,
 * so that nothing that the application still writes can follow.
 */
final class Unavailable {

    private static final byte[] TEXT = "The session cannot be served safely at the moment. Please try again.\n"
            .getBytes(StandardCharsets.US_ASCII);

    private Unavailable() {}

    /** @param afterReset is done when all that the application wrote is gone */
    static void answer(HttpServletResponse response, Runnable afterReset) throws IOException {
        response.reset();
        afterReset.run();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "1");
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain");
        response.setContentLength(TEXT.length);
        response.getOutputStream().write(TEXT);
        response.flushBuffer();
    }
}
