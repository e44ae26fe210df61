package io.limpet.it.load;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** One who puts one thing after another into a cart, and now and then goes on with a new cart. For one thread, unless it says otherwise. */
final class Shopper {

    private static final int ITEMS_PER_CART = 40;

    private final String name;
    private final Supplier<Browser> entrance;
    private final Ledger<Browser> ledger;
    private final Tally tally;
    private volatile Browser browser;
    private int items;

    Shopper(String name, Supplier<Browser> entrance, Ledger<Browser> ledger, Tally tally) {
        this.name = name;
        this.entrance = entrance;
        this.ledger = ledger;
        this.tally = tally;
        browser = entrance.get();
    }

    /** Whose cart is being filled; for any thread. */
    Browser browser() {
        return browser;
    }

    /** Buys one thing; a refusal is counted, and the next thing is bought with the same cookie. */
    void buy() {
        items++;
        String item = name + "-" + items;
        try {
            Answer answer = browser.post("/api/cart?item=" + item);
            tally.answered(answer.status());
            if (answer.status() == 200) {
                ledger.acknowledge(browser, item);
            }
        } catch (UncheckedIOException e) {
            tally.unanswered();
        }
        if (items % ITEMS_PER_CART == 0) {
            browser = entrance.get();
        }
    }
}
