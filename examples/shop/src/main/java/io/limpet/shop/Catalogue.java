package io.limpet.shop;

import java.util.List;
import java.util.Optional;

/** The nine things on the shelf; immutable. */
final class Catalogue {

    /** The picture of a thing that the shop does not sell: the API takes any name. */
    static final String STRANGE_PICTURE = Resources.text("pictures/washed-ashore.svg");

    private static final List<Product> SHELF = List.of(
            product("limpet-shell", "Limpet shell", "Held on through forty winters. Will hold your rings.", 450),
            product("message-bottle", "Message in a bottle", "Delivered at least once. Order not guaranteed.", 1250),
            product("storm-lantern", "Storm lantern", "Stays lit when everything around it goes out.", 3900),
            product("enamel-mug", "Enamel mug", "For watches of four hours and longer.", 1100),
            product("souwester", "Sou’wester", "Sheds rain, spray and small gulls.", 2800),
            product("tide-bucket", "Tide-pool bucket", "Carries a whole ecosystem home. Bring it back.", 950),
            product("sea-glass", "Sea glass", "A handful. Twenty years in the making.", 700),
            product("spyglass", "Brass spyglass", "See trouble while it is still small.", 6400),
            product("jersey", "Fisherman’s jersey", "Warm when wet, and you will be wet.", 8900));

    private Catalogue() {}

    static List<Product> shelf() {
        return SHELF;
    }

    static Optional<Product> find(String name) {
        return SHELF.stream().filter(product -> product.name().equals(name)).findFirst();
    }

    private static Product product(String slug, String name, String line, int cents) {
        return new Product(slug, name, line, new Price(cents), Resources.text("pictures/" + slug + ".svg"));
    }
}
