package io.limpet.it.load;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Each of these buys one thing after another, at its own pace, and looks at the clock, until it is closed. */
public final class SteadyShoppers implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Ledger<Browser> ledger;
    private final Tally tally = new Tally();
    private final Map<Browser, ConcurrentLinkedQueue<Duration>> times = new ConcurrentHashMap<>();
    private final AtomicInteger items;
    private final ScheduledExecutorService threads;
    private final List<ScheduledFuture<?>> work = new ArrayList<>();

    /** They begin at once; none waits for another. */
    public SteadyShoppers(List<Browser> browsers, Duration pause, Ledger<Browser> ledger, AtomicInteger items) {
        this.ledger = ledger;
        this.items = items;
        threads = Executors.newScheduledThreadPool(browsers.size());
        long step = pause.toMillis() / browsers.size();
        for (int i = 0; i < browsers.size(); i++) {
            Browser browser = browsers.get(i);
            times.put(browser, new ConcurrentLinkedQueue<>());
            work.add(threads.scheduleWithFixedDelay(
                    () -> buy(browser), step * i, pause.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void buy(Browser browser) {
        String item = "item" + items.incrementAndGet();
        long begun = System.nanoTime();
        try {
            Answer answer = browser.post("/api/cart?item=" + item);
            tally.answered(answer.status());
            if (answer.status() == 200) {
                ledger.acknowledge(browser, item);
            }
        } catch (UncheckedIOException e) {
            tally.unanswered();
        }
        times.getOrDefault(browser, new ConcurrentLinkedQueue<>()).add(Duration.ofNanos(System.nanoTime() - begun));
    }

    /** How they were answered. */
    public Tally tally() {
        return tally;
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
