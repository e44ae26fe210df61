package io.limpet.it.load;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Several shoppers at once, until they are closed. */
public final class Shoppers implements AutoCloseable {

    // so many that a kill finds requests inside the node, so few that two cores can also start a node meanwhile
    private static final long PAUSE_MILLIS = 15;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Ledger<Browser> ledger = new Ledger<>();
    private final Tally tally = new Tally();
    private final ScheduledExecutorService threads;
    private final List<ScheduledFuture<?>> work = new ArrayList<>();
    private final List<Shopper> shoppers = new ArrayList<>();

    /** They begin at once. */
    public Shoppers(int count, Supplier<Browser> entrance) {
        threads = Executors.newScheduledThreadPool(count);
        for (int i = 1; i <= count; i++) {
            Shopper shopper = new Shopper("s" + i, entrance, ledger, tally);
            shoppers.add(shopper);
            work.add(threads.scheduleWithFixedDelay(shopper::buy, i, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
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
        return tally;
    }

    /** Returns when the last of them has its answer; fails if one of them died of something unexpected. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a shopper still waits for an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (!work.stream().allMatch(ScheduledFuture::isCancelled)) {
            throw new AssertionError("a shopper met something that is no answer; see its exception in the log");
        }
    }
}
