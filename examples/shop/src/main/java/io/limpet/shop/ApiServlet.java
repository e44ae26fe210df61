package io.limpet.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The basket as JSON, under {@code /api/}: {@code GET cart}, {@code POST cart?item=NAME}, {@code POST login?user=NAME}
 * and {@code POST logout}. Every call but the last counts as a visit.
 */
public final class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!path(request).equals("/cart")) {
            nothingHere(response);
            return;
        }
        answer(response, Visitor.of(request));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (path(request)) {
            case "/cart" -> add(request, response);
            case "/login" -> logIn(request, response);
            case "/logout" -> {
                Visitor.known(request).ifPresent(Visitor::logOut);
                Json.send(response, HttpServletResponse.SC_OK, Json.nobody());
            }
            default -> nothingHere(response);
        }
    }

    private static void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visitor visitor = Visitor.of(request);
        switch (visitor.cart().add(parameter(request, "item"))) {
            case YES -> answer(response, visitor);
            case NAMELESS -> refuse(response, "no item; write ?item=NAME");
            case NAME_TOO_LONG ->
                refuse(response, "the item's name is longer than " + Cart.LONGEST_NAME + " characters");
            case FULL ->
                Json.send(
                        response,
                        HttpServletResponse.SC_CONFLICT,
                        Json.error("the cart holds " + Cart.MOST_ITEMS + " items already"));
        }
    }

    private static void logIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = parameter(request, "user");
        if (!Visitor.isName(user)) {
            refuse(response, "write ?user=NAME with 1 to " + Visitor.LONGEST_NAME + " characters");
            return;
        }
        Visitor visitor = Visitor.of(request);
        visitor.logIn(user);
        answer(response, visitor);
    }

    private static void answer(HttpServletResponse response, Visitor visitor) throws IOException {
        visitor.visits().next();
        Json.send(response, HttpServletResponse.SC_OK, Json.of(visitor));
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        Json.send(response, HttpServletResponse.SC_BAD_REQUEST, Json.error(why));
    }

    private static void nothingHere(HttpServletResponse response) throws IOException {
        Json.send(
                response,
                HttpServletResponse.SC_NOT_FOUND,
                Json.error("nothing here; there are GET cart, POST cart, POST login and POST logout"));
    }

    private static String path(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }
}
