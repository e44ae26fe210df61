package io.limpet.probe.spring;

import io.limpet.Limpet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;

/** Answers in the form of the shop's {@code /api/cart}: who is logged in, and how often the session was here. */
public final class VisitsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 8;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        int visits = session.getAttribute("visits") instanceof Integer before ? before + 1 : 1;
        session.setAttribute("visits", visits);
        response.setContentType("application/json");
        response.getWriter()
                .printf(
                        "{\"node\":\"%s\",\"session\":\"%s\",\"items\":[],\"visits\":%d,\"user\":%s}",
                        Limpet.node(getServletContext()).map(Object::toString).orElse(""),
                        session.getId().substring(0, SHOWN),
                        visits,
                        Optional.ofNullable(request.getRemoteUser())
                                .map(user -> '"' + user + '"')
                                .orElse("null"));
    }
}
