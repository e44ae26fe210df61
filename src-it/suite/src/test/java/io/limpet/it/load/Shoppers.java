package io.limpet.it.load;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Several shoppers at once, until they are closed. */
public final class Shoppers implements AutoCloseable {

    // so many that a kill finds requests inside the node, so few that two cores can also start a node meanwhile
    private static final long PAUSE_MILLIS = 15;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Ledger<Browser> ledger = new Ledger<>();
    private final Till till = new Till(ledger);
    private final Rounds rounds;
    private final List<Shopper> shoppers = new ArrayList<>();

    /** They begin at once. */
    public Shoppers(int count, Supplier<Browser> entrance) {
        rounds = new Rounds(count);
        for (int i = 1; i <= count; i++) {
            Shopper shopper = new Shopper("s" + i, entrance, till);
            shoppers.add(shopper);
            rounds.begin(shopper::buy, i, PAUSE_MILLIS);
        }
    }

    /** Waits until so many more purchases were acknowledged. */
    public void awaitPurchases(int more) {
        int enough = ledger.count() + more;
        await(more + " more purchases").atMost(LIMIT).until(() -> ledger.count() >= enough);
    }

    /** The node, by its route, that holds one of the carts that are being filled just now. */
    public String ownerOfACart() {
        return await("a cart with a session")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> shoppers.stream()
                                .flatMap(shopper -> shopper.browser().route().stream())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What they were promised. */
    public Ledger<Browser> ledger() {
        return ledger;
    }

    /** What is wrong with their carts now, by asking for each. */
    public List<String> wrongs() {
        List<String> wrongs = new ArrayList<>();
        for (Browser browser : ledger.carts()) {
            wrongs.addAll(ledger.wrongs(browser, browser.cart().items()));
        }
        return wrongs;
    }

    /** How they were answered. */
    public Tally tally() {
        return till.tally();
    }

    /** Returns when the last of them has its answer; fails if one of them died of something unexpected. */
    @Override
    public void close() {
        rounds.close();
    }
}
