package io.limpet.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The basket: looking at it, and the forms that change it. */
public final class CartServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Page PAGE = Page.named("cart");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visitor visitor = Visitor.of(request);
        visitor.visits().next();
        Basket basket = Basket.of(visitor.cart().items());
        PAGE.show(
                request,
                response,
                Optional.of(visitor),
                Map.of(
                        "title",
                        "Your basket",
                        "basket",
                        basket,
                        "ordered",
                        request.getParameter("ordered") != null,
                        "emptyPicture",
                        Catalogue.STRANGE_PICTURE));
    }

    /** Takes {@code action} (add, remove, empty or order), {@code item}, and {@code back} to name the page to return to. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Cart cart = Visitor.of(request).cart();
        String item = Objects.requireNonNullElse(request.getParameter("item"), "");
        switch (Objects.requireNonNullElse(request.getParameter("action"), "")) {
            case "add" -> add(request, response, cart, item);
            case "remove" -> {
                cart.remove(item);
                Page.goTo(request, response, "/cart");
            }
            case "empty" -> {
                cart.empty();
                Page.goTo(request, response, "/cart");
            }
            case "order" -> {
                cart.empty();
                Page.goTo(request, response, "/cart?ordered");
            }
            default -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static void add(HttpServletRequest request, HttpServletResponse response, Cart cart, String item)
            throws IOException {
        switch (cart.add(item)) {
            case YES -> Page.goTo(request, response, placeOf(item, request.getParameter("back") != null));
            case FULL -> response.sendError(HttpServletResponse.SC_CONFLICT);
            case NAMELESS, NAME_TOO_LONG -> response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }

    private static String placeOf(String item, boolean onTheShelf) {
        return onTheShelf
                ? Catalogue.find(item).map(product -> "/#" + product.slug()).orElse("/")
                : "/cart";
    }
}
