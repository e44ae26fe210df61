package io.limpet.proxy.metrics;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last ten seconds of what only grows. Looked at once a second, by one thread. */
final class Window {

    private static final int SECONDS = 10;

    private record Look(double requests, double errors, List<CountAtBucket> times) {}

    private final Deque<Look> looks = new ArrayDeque<>();

    void look(double requests, double errors, HistogramSnapshot times) {
        looks.addLast(new Look(requests, errors, List.of(times.histogramCounts())));
        if (looks.size() > SECONDS + 1) {
            looks.removeFirst();
        }
    }

    double requestsPerSecond() {
        return looks.size() < 2
                ? 0
                : (looks.getLast().requests() - looks.getFirst().requests()) / (looks.size() - 1);
    }

    double errorsPerSecond() {
        return looks.size() < 2
                ? 0
                : (looks.getLast().errors() - looks.getFirst().errors()) / (looks.size() - 1);
    }

    /** The upper bound of the bucket that holds it, in milliseconds; 0 without requests. */
    double p99() {
        if (looks.size() < 2) {
            return 0;
        }
        List<CountAtBucket> before = looks.getFirst().times();
        List<CountAtBucket> now = looks.getLast().times();
        double all = looks.getLast().requests() - looks.getFirst().requests();
        int last = Math.min(before.size(), now.size()) - 1;
        for (int i = 0; i < last && all > 0; i++) {
            if (now.get(i).count() - before.get(i).count() >= 0.99 * all) {
                return now.get(i).bucket(TimeUnit.MILLISECONDS);
            }
        }
        // what is slower than the last bucket is that slow, at least
        return all > 0 && last >= 0 ? now.get(last).bucket(TimeUnit.MILLISECONDS) : 0;
    }
}
