package io.limpet.talk;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** A page with an EventSource and a WebSocket, which posts here what it has seen; {@code ?told} shows that. */
public final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("told") != null) {
            response.setContentType("text/plain");
            response.getWriter().write(String.join("\n", TOLD));
            return;
        }
        request.getSession();
        response.setContentType("text/html;charset=utf-8");
        try (InputStream page = PageServlet.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new IOException("page.html is not in the jar");
            }
            page.transferTo(response.getOutputStream());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TOLD.add(request.getReader().lines().collect(Collectors.joining("\n")));
    }
}
