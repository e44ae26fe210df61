package io.limpet.it.load;

import io.limpet.it.client.Browser;
import java.util.function.Supplier;

/** One who puts one thing after another into a cart, and now and then goes on with a new cart. For one thread, unless it says otherwise. */
final class Shopper {

    private static final int ITEMS_PER_CART = 40;

    private final String name;
    private final Supplier<Browser> entrance;
    private final Till till;
    private volatile Browser browser;
    private int items;

    Shopper(String name, Supplier<Browser> entrance, Till till) {
        this.name = name;
        this.entrance = entrance;
        this.till = till;
        browser = entrance.get();
    }

    /** Whose cart is being filled; for any thread. */
    Browser browser() {
        return browser;
    }

    /** Buys one thing; a refusal is counted, and the next thing is bought with the same cookie. */
    void buy() {
        items++;
        till.buy(browser, name + "-" + items);
        if (items % ITEMS_PER_CART == 0) {
            browser = entrance.get();
        }
    }
}
