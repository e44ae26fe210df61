package io.limpet.probe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a step is done: a servlet, a forward's target, an error page, a thread of its own.
 *
 * @param request as the application has it at this place
 * @param response as the application has it at this place
 * @param steps those that are still to be done
 */
record Scene(HttpServletRequest request, HttpServletResponse response, Deque<String> steps) {

    private static final String STREAM = "probe.stream";

    /** Writes one line of what was seen, by the writer or, after {@link #useStream}, the stream. */
    void say(String line) throws IOException {
        write(line + "\n");
    }

    void write(String text) throws IOException {
        if (request.getAttribute(STREAM) != null) {
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } else {
            response.getWriter().write(text);
        }
    }

    void useStream() {
        request.setAttribute(STREAM, true);
    }

    boolean usesStream() {
        return request.getAttribute(STREAM) != null;
    }

    /** The session, which the script must have made before. */
    HttpSession session() {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw new IllegalStateException("there is no session");
        }
        return session;
    }

    /** An id in brackets, by which the judge knows it. */
    static String id(@Nullable String id) {
        return "id(" + id + ")";
    }
}
