package io.limpet.proxy.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes every node at an interval, one probe a node at a time, whatever the traffic.
 *
 * <p>{@link #probeAll()} runs on the scheduler's thread; answers arrive on any.
 */
public final class HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    /** The answers that a node owes. */
    private enum Owed {
        ONE,
        /** And it was to be asked again meanwhile. */
        ONE_AND_THE_NEXT
    }

    private final NodeHealth health;
    private final Prober prober;
    private final Map<Node, Owed> owed = new ConcurrentHashMap<>();
    private volatile @Nullable Future<?> rounds;
    private volatile @Nullable Future<?> between;

    /** A check that tells this health what this prober finds. */
    public HealthCheck(NodeHealth health, Prober prober) {
        this.health = health;
        this.prober = prober;
    }

    /** Probes at once and then at this interval, until the scheduler is shut down. */
    public void start(ScheduledExecutorService scheduler, Duration interval) {
        long nanos = interval.toNanos();
        rounds = scheduler.scheduleAtFixedRate(() -> safely(this::probeAll), 0, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Probes these in between, too, as often as this: nodes that are waited for.
     *
     * @param awaited asked each time
     */
    public void alsoProbe(ScheduledExecutorService scheduler, Duration interval, Supplier<List<Node>> awaited) {
        long nanos = interval.toNanos();
        between = scheduler.scheduleWithFixedDelay(
                () -> safely(() -> awaited.get().forEach(this::probeUnlessAsked)), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Sends no more probes; what was sent is still heard. */
    public void stop() {
        for (Future<?> running : Arrays.asList(rounds, between)) {
            if (running != null) {
                running.cancel(false);
            }
        }
    }

    private void probeUnlessAsked(Node node) {
        if (!owed.containsKey(node)) {
            probe(node);
        }
    }

    /** Sends a probe to each node; to one that still owes the answer to the last, as soon as that has come. */
    public void probeAll() {
        health.nodes().all().forEach(member -> probe(member.node()));
    }

    private void probe(Node node) {
        if (owed.merge(node, Owed.ONE, (before, one) -> Owed.ONE_AND_THE_NEXT) == Owed.ONE) {
            var unused = prober.probe(node).whenComplete((answer, failure) -> answered(node, answer, failure));
        }
    }

    private void answered(Node node, ProbeAnswer answer, Throwable failure) {
        boolean next = owed.remove(node) == Owed.ONE_AND_THE_NEXT;
        health.hear(node, failure == null ? answer : new ProbeAnswer.Unwell("probe failed: " + failure));
        // else a node that lets probes time out would be probed half as often, and found out half as fast
        if (next) {
            probe(node);
        }
    }

    /** A scheduler drops a task that throws, and the nodes would never be probed again. */
    private static void safely(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("a health check failed: {}; the next one follows", e.toString(), e);
        }
    }
}
