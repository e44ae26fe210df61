package io.limpet.it.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What shoppers do again and again, each on a thread that it need not wait for; for one thread. */
final class Rounds implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ScheduledExecutorService threads;
    private final List<ScheduledFuture<?>> work = new ArrayList<>();

    /** For so many shoppers. */
    Rounds(int shoppers) {
        threads = Executors.newScheduledThreadPool(shoppers);
    }

    /** From then on it is done, and done again so long after its end. */
    void begin(Runnable round, long delayMillis, long pauseMillis) {
        work.add(threads.scheduleWithFixedDelay(round, delayMillis, pauseMillis, TimeUnit.MILLISECONDS));
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
