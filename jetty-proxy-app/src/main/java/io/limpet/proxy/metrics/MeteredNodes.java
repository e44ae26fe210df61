package io.limpet.proxy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of all nodes. Those of one that has left are kept for a while, so that what it counted last is scraped; for
 * ever would be a leak where each start of a pod is a new name. What they counted is no counter's any more: in another one
 * it would look like a burst of requests, and a sum that falls looks like a restart.
 *
 * <p>Any thread may ask for meters; one at a time tells which nodes are there.
 */
final class MeteredNodes {

    /** Longer than Prometheus takes a series for alive. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private final MeterRegistry registry;
    private final Map<String, NodeMeters> meters = new ConcurrentHashMap<>();
    private final Map<String, Long> awaySince = new HashMap<>();

    /** Without meters since: who found them just before may still count a request, which is not to be lost. */
    private final Map<NodeMeters, Long> leftAt = new ConcurrentHashMap<>();

    private volatile double forgotten;

    MeteredNodes(MeterRegistry registry) {
        this.registry = registry;
    }

    NodeMeters of(String node) {
        NodeMeters known = meters.get(node);
        return known == null ? meters.computeIfAbsent(node, name -> new NodeMeters(registry, name)) : known;
    }

    /** Those that have meters. */
    Set<String> names() {
        return Set.copyOf(meters.keySet());
    }

    /** The requests of those that were forgotten. */
    double forgotten() {
        return forgotten
                + leftAt.keySet().stream().mapToDouble(NodeMeters::requests).sum();
    }

    /** These are there; those that have been away for long are forgotten. */
    void seen(Set<String> there, long nanoTime) {
        leftAt.entrySet().removeIf(left -> {
            boolean old = nanoTime - left.getValue() >= KEPT.toNanos();
            if (old) {
                add(left.getKey().requests());
            }
            return old;
        });
        awaySince.keySet().removeAll(there);
        meters.keySet().stream()
                .filter(node -> !there.contains(node))
                .forEach(node -> awaySince.putIfAbsent(node, nanoTime));
        awaySince.entrySet().removeIf(away -> {
            boolean gone = nanoTime - away.getValue() >= KEPT.toNanos();
            if (gone) {
                forget(away.getKey(), nanoTime);
            }
            return gone;
        });
    }

    private void forget(String node, long nanoTime) {
        NodeMeters left = meters.remove(node);
        if (left != null) {
            leftAt.put(left, nanoTime);
            left.leave(registry);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    private void add(double requests) {
        forgotten += requests;
    }
}
