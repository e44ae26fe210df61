package io.limpet.probe.ee;

import io.limpet.Affinity;
import io.limpet.Limpet;
import io.limpet.route.Route;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Collectors;

/** Answers as the shop's {@code /api/} does, so that the same checks can ask it; its state is a bean of CDI. */
public class BasketServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 8;

    @Inject
    @SuppressWarnings("serial") // a proxy, which finds the bean of each request
    private Basket basket;

    @Inject
    @SuppressWarnings("serial") // of the container, which writes its own stand-in
    private Instance<Route> node;

    @Inject
    @SuppressWarnings("serial") // likewise
    private Instance<Affinity> affinity;

    @Inject
    @SuppressWarnings("serial") // likewise
    private Adoptions adoptions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("/why".equals(request.getPathInfo())) {
            why(response);
            return;
        }
        answer(request, response);
    }

    private void why(HttpServletResponse response) throws IOException {
        Affinity injected = affinity.get();
        response.setContentType("application/json");
        response.getWriter()
                .printf(
                        "{\"node\":\"%s\",\"servedBy\":\"%s\",\"choice\":\"%s\",\"adoptedFrom\":\"%s\"}",
                        node.get(), injected.node(), injected.choice(), adoptions.from());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (String.valueOf(request.getPathInfo())) {
            case "/cart" -> basket.add(request.getParameter("item"));
            case "/login" -> {
                basket.belongsTo(request.getParameter("user"));
                request.changeSessionId();
            }
            default -> {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
        }
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        basket.visit();
        String items = basket.items().stream().map(BasketServlet::quoted).collect(Collectors.joining(","));
        response.setContentType("application/json");
        response.getWriter()
                .printf(
                        "{\"node\":\"%s\",\"session\":\"%s\",\"items\":[%s],\"visits\":%d,\"user\":%s}",
                        Limpet.node(getServletContext()).map(Object::toString).orElse(""),
                        request.getSession().getId().substring(0, SHOWN),
                        items,
                        basket.visits(),
                        basket.user().map(BasketServlet::quoted).orElse("null"));
    }

    private static String quoted(String word) {
        return '"' + word.replaceAll("[^A-Za-z0-9]", "?") + '"';
    }
}
