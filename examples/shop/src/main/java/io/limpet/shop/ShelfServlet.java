package io.limpet.shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The front page: everything that the shop sells. */
public final class ShelfServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Page PAGE = Page.named("shelf");

    /** A product and how many of it this visitor has taken. */
    record Offer(Product product, int taken) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visitor visitor = Visitor.of(request);
        visitor.visits().next();
        Basket basket = Basket.of(visitor.cart().items());
        List<Offer> offers = Catalogue.shelf().stream()
                .map(product -> new Offer(product, basket.countOf(product.name())))
                .toList();
        PAGE.show(request, response, Optional.of(visitor), Map.of("title", "The shelf", "offers", offers));
    }
}
