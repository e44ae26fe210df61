package io.limpet.it.load;

import io.limpet.it.client.Browser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Each of these buys one thing after another, at its own pace, and looks at the clock, until it is closed. */
public final class SteadyShoppers implements AutoCloseable {

    private final Till till;
    private final Map<Browser, ConcurrentLinkedQueue<Duration>> times = new ConcurrentHashMap<>();
    private final AtomicInteger items;
    private final Rounds rounds;

    /** They begin at once; none waits for another. */
    public SteadyShoppers(List<Browser> browsers, Duration pause, Ledger<Browser> ledger, AtomicInteger items) {
        till = new Till(ledger);
        this.items = items;
        rounds = new Rounds(browsers.size());
        long step = pause.toMillis() / browsers.size();
        for (int i = 0; i < browsers.size(); i++) {
            Browser browser = browsers.get(i);
            times.put(browser, new ConcurrentLinkedQueue<>());
            rounds.begin(() -> buy(browser), step * i, pause.toMillis());
        }
    }

    private void buy(Browser browser) {
        String item = "item" + items.incrementAndGet();
        long begun = System.nanoTime();
        till.buy(browser, item);
        times.getOrDefault(browser, new ConcurrentLinkedQueue<>()).add(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** How they were answered. */
    public Tally tally() {
        return till.tally();
    }

    /** How long so many of a hundred answers took at most. */
    public Duration percentile(int percent) {
        List<Duration> all = new ArrayList<>();
        times.values().forEach(all::addAll);
        all.sort(Comparator.naturalOrder());
        return all.get((int) Math.min(all.size() - 1L, (long) all.size() * percent / 100));
    }

    /** How many answers took longer. */
    public long slower(Duration limit) {
        return times.values().stream()
                .flatMap(ConcurrentLinkedQueue::stream)
                .filter(time -> time.compareTo(limit) > 0)
                .count();
    }

    /** How many shoppers never had to wait longer. */
    public long neverSlower(Duration limit) {
        return times.values().stream()
                .filter(own -> own.stream().allMatch(time -> time.compareTo(limit) <= 0))
                .count();
    }

    /** How many answers there were. */
    public int count() {
        return times.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum();
    }

    /** Returns when the last of them has its answer; fails if one of them died of something unexpected. */
    @Override
    public void close() {
        rounds.close();
    }
}
