package io.limpet.proxy.metrics;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.node.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What is counted of one node's requests, or of those that went to none. Safe for any number of threads. */
final class NodeMeters {

    /** Fine enough to read a p99 from, coarse enough for hundreds of nodes. */
    private static final Duration[] BUCKETS = LongStream.of(
                    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1_000, 2_000, 5_000, 10_000,
                    30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final int CLASSES = 5;

    private final Map<Reason, Counter> reasons = new EnumMap<>(Reason.class);
    private final Counter[] statuses = new Counter[CLASSES];
    private final Counter retries;
    private final Timer time;

    /** @param node its name; empty for requests that went to none */
    NodeMeters(MeterRegistry registry, String node) {
        for (Reason reason : Reason.values()) {
            reasons.put(
                    reason,
                    Counter.builder("limpet.requests")
                            .description("Requests that are over, by the reason of where they went")
                            .tag("node", node)
                            .tag("reason", reason.toString())
                            .register(registry));
        }
        for (int i = 0; i < CLASSES; i++) {
            statuses[i] = Counter.builder("limpet.responses")
                    .description("Responses by the first digit of their status")
                    .tag("node", node)
                    .tag("status", (i + 1) + "xx")
                    .register(registry);
        }
        retries = Counter.builder("limpet.retries")
                .description("Attempts beyond a request's first one, by the node that had the last")
                .tag("node", node)
                .register(registry);
        time = Timer.builder("limpet.request.duration")
                .description("From a request's head to its end")
                .tag("node", node)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void count(Finished request) {
        counter(request.choice().reason()).increment();
        statuses[Math.min(CLASSES, Math.max(1, request.status() / 100)) - 1].increment();
        if (request.attempts() > 1) {
            retries.increment(request.attempts() - 1.0);
        }
        time.record(request.nanos(), TimeUnit.NANOSECONDS);
    }

    double count(Reason reason) {
        return counter(reason).count();
    }

    /** All that are over. */
    double requests() {
        return reasons.values().stream().mapToDouble(Counter::count).sum();
    }

    /** From now on nobody is told of them. */
    void leave(MeterRegistry registry) {
        reasons.values().forEach(registry::remove);
        for (Counter status : statuses) {
            registry.remove(status);
        }
        registry.remove(retries);
        registry.remove(time);
    }

    private Counter counter(Reason reason) {
        return Objects.requireNonNull(reasons.get(reason));
    }

    double serverErrors() {
        return statuses[CLASSES - 1].count();
    }

    double retries() {
        return retries.count();
    }

    HistogramSnapshot times() {
        return time.takeSnapshot();
    }
}
