package io.limpet.talk;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;

/** Server-sent events: this node's name at once, and what is said over a WebSocket of the same session. */
public final class EventsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String session = request.getSession().getId();
        response.setContentType("text/event-stream;charset=utf-8");
        PrintWriter events = response.getWriter();
        events.write("data: " + TalkNode.name() + "\n\n");
        response.flushBuffer();
        try {
            while (!events.checkError()) {
                String said = Gossip.next(session);
                events.write("data: " + TalkNode.name() + " heard " + said + "\n\n");
                response.flushBuffer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
