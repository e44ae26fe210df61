package io.limpet.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks for a name; there is no password, the shop sells nothing. */
public final class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Page PAGE = Page.named("login");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = Objects.requireNonNullElse(request.getParameter("user"), "");
        if (!Visitor.isName(user)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            show(request, response, "A name has 1 to " + Visitor.LONGEST_NAME + " characters.");
            return;
        }
        Visitor.of(request).logIn(user);
        Page.goTo(request, response, "/");
    }

    private static void show(HttpServletRequest request, HttpServletResponse response, String complaint)
            throws IOException {
        Visitor visitor = Visitor.of(request);
        visitor.visits().next();
        PAGE.show(
                request,
                response,
                Optional.of(visitor),
                Map.of("title", "Come aboard", "complaint", complaint, "longest", Visitor.LONGEST_NAME));
    }
}
