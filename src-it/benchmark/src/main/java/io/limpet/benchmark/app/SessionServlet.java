package io.limpet.benchmark.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code /fill?bytes=N} makes a session of a name and ten lists, N bytes in all; {@code /read} reads the name,
 * {@code /look} one list, and {@code /write} sets one list anew. Each is answered with 1 KB.
 */
public final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String NAME = "name";
    private static final int LISTS = 10;
    private static final int LINE = 50;
    private static final byte[] PAGE = "limpet! ".repeat(128).getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (Objects.requireNonNullElse(request.getPathInfo(), "/")) {
            case "/fill" -> fill(request.getSession(), Integer.parseInt(request.getParameter("bytes")));
            case "/read" -> known(request).getAttribute(NAME);
            case "/look" -> list(known(request));
            case "/write" -> {
                HttpSession session = known(request);
                session.setAttribute("list0", lines(list(session).size()));
            }
            default -> {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
        }
        response.setContentType("text/plain");
        response.setContentLength(PAGE.length);
        response.getOutputStream().write(PAGE);
    }

    private static void fill(HttpSession session, int bytes) {
        session.setAttribute(NAME, "Patella vulgata");
        for (int i = 0; i < LISTS; i++) {
            session.setAttribute("list" + i, lines(bytes / LISTS / LINE));
        }
    }

    /** A request that was to find its session and does not would be measured as a cheap one. */
    private static HttpSession known(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null || session.getAttribute(NAME) == null) {
            throw new IllegalStateException("the session is lost");
        }
        return session;
    }

    private static List<?> list(HttpSession session) {
        if (session.getAttribute("list0") instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("the list is lost");
    }

    private static List<String> lines(int count) {
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // new content each time: a list that is as before might not be saved at all
            String number = Integer.toHexString(ThreadLocalRandom.current().nextInt());
            lines.add(number + "-".repeat(LINE - number.length()));
        }
        return lines;
    }
}
