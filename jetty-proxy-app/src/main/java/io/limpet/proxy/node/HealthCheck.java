package io.limpet.proxy.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes every node at an interval, whatever the traffic: one probe a node at a time, but that one which is silent is asked
 * again before its time is over.
 *
 * <p>{@link #probeAll()} runs on the scheduler's thread; answers arrive on any.
 */
public final class HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    /** Runs tasks later. */
    public interface Later {
        /** Once, after this time, on a thread of its own choice. */
        void run(Runnable task, Duration delay);
    }

    /**
     * The answers that a node owes.
     *
     * @param count how many
     * @param next whether it was to be asked again meanwhile
     */
    private record Owed(int count, boolean next) {}

    private final NodeHealth health;
    private final Prober prober;
    private final ProbePace pace;
    private final Later later;
    private final Map<Node, Owed> owed = new ConcurrentHashMap<>();
    private volatile @Nullable Future<?> rounds;
    private volatile @Nullable Future<?> between;
    private volatile boolean ended;

    /** A check that tells this health what this prober finds, at this pace. */
    public HealthCheck(NodeHealth health, Prober prober, ProbePace pace, Later later) {
        this.health = health;
        this.prober = prober;
        this.pace = pace;
        this.later = later;
    }

    /** Probes at once and then at the interval, until the scheduler is shut down. */
    public void start(ScheduledExecutorService scheduler) {
        long nanos = pace.interval().toNanos();
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

    /** Sends no more probes and hears nothing more: what breaks a probe from now on is the proxy's own end. */
    public void end() {
        ended = true;
        stop();
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
        Owed now = owed.merge(node, new Owed(1, false), (before, one) -> new Owed(before.count(), true));
        if (!now.next()) {
            send(node, 1);
        }
    }

    /**
     * Sends a probe.
     *
     * @param inRow how many it has been asked since it answered, this one included
     */
    private void send(Node node, int inRow) {
        CompletableFuture<ProbeAnswer> answer = asked(node);
        var unused = answer.whenComplete((found, failure) -> answered(node, found, failure));
        if (inRow < pace.fall() && !answer.isDone()) {
            later.run(() -> askAgain(node, answer, inRow + 1), pace.patience());
        }
    }

    /** Whatever goes wrong is an answer: a node that owes one would be probed no more. */
    private CompletableFuture<ProbeAnswer> asked(Node node) {
        try {
            return prober.probe(node).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One that was up and is silent: it is found out sooner than probes one after the other would. */
    private void askAgain(Node node, CompletableFuture<ProbeAnswer> before, int inRow) {
        if (before.isDone() || isDown(node)) {
            return;
        }
        if (owed.computeIfPresent(node, (same, it) -> new Owed(it.count() + 1, it.next())) != null) {
            send(node, inRow);
        }
    }

    private boolean isDown(Node node) {
        return health.nodes()
                .named(node.route())
                .filter(member -> member.state() != NodeState.DOWN)
                .isEmpty();
    }

    private void answered(Node node, ProbeAnswer answer, Throwable failure) {
        if (ended) {
            return;
        }
        AtomicBoolean next = new AtomicBoolean();
        owed.computeIfPresent(node, (same, it) -> {
            if (it.count() > 1) {
                return new Owed(it.count() - 1, it.next());
            }
            next.set(it.next());
            return null;
        });
        health.hear(node, failure == null ? answer : new ProbeAnswer.Unwell("probe failed: " + failure));
        // else a node that lets probes time out would be probed half as often, and found out half as fast
        if (next.get()) {
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
