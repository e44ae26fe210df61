package io.limpet.proxy.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Probes out of turn, because an answer to a client has raised a doubt whether an application is still there. Clients
 * cause them: so those who ask soon after each other share one, and silence is no evidence against the node. What was
 * asked before a doubt says nothing about it: each waits for an inquiry that began later.
 *
 * <p>Safe for any number of threads.
 */
public final class Inquiries {

    /** Who asks a node. */
    public interface Asker {
        /** Asks for the application with this context path first. */
        CompletionStage<ProbeAnswer> probe(Node node, String context);
    }

    /** How time passes. */
    interface Pause {
        /** Completes in so many nanoseconds, at once when there are none. */
        CompletionStage<?> of(long nanos);
    }

    /** However seldom nodes are probed: an application may go at any moment. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private record Subject(Node node, String context) {}

    private record Asked(long at, CompletableFuture<Void> heard) {}

    private final NodeHealth health;
    private final Asker asker;
    private final long apart;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final Map<Subject, Asked> last = new HashMap<>();
    private final Map<Subject, CompletableFuture<Void>> next = new HashMap<>();

    /** Inquiries of which this health hears, half an interval of its probes apart, or a second. */
    public Inquiries(NodeHealth health, Asker asker, Duration interval) {
        this(health, asker, interval, System::nanoTime, Inquiries::pass);
    }

    Inquiries(NodeHealth health, Asker asker, Duration interval, LongSupplier nanoTime, Pause pause) {
        this.pause = pause;
        this.health = health;
        this.asker = asker;
        this.apart = Math.min(interval.dividedBy(2).toNanos(), LONGEST.toNanos());
        this.nanoTime = nanoTime;
    }

    /**
     * Asks a node for an application; completes when an answer was heard to what was asked from now on: at once, or when
     * the inquiry that is under way is over, and half an interval after it began at the earliest.
     */
    public CompletionStage<?> ask(Node node, String context) {
        Subject subject = new Subject(node, context);
        CompletableFuture<Void> heard = new CompletableFuture<>();
        long now = nanoTime.getAsLong();
        Optional<Asked> before;
        synchronized (this) {
            last.values().removeIf(asked -> asked.heard().isDone() && now - asked.at() >= apart);
            CompletableFuture<Void> waiting = next.get(subject);
            if (waiting != null) {
                return waiting;
            }
            before = Optional.ofNullable(last.get(subject));
            if (before.isPresent()) {
                next.put(subject, heard);
            } else {
                last.put(subject, new Asked(now, heard));
            }
        }
        before.ifPresentOrElse(asked -> sendBehind(asked, subject, heard), () -> send(subject, heard));
        return heard;
    }

    private void sendBehind(Asked before, Subject subject, CompletableFuture<Void> heard) {
        var unused = before.heard()
                .thenCompose(it -> pause.of(apart - (nanoTime.getAsLong() - before.at())))
                .whenComplete((it, failure) -> {
                    synchronized (this) {
                        next.remove(subject);
                        last.put(subject, new Asked(nanoTime.getAsLong(), heard));
                    }
                    send(subject, heard);
                });
    }

    private void send(Subject subject, CompletableFuture<Void> heard) {
        var unused = answer(subject.node(), subject.context()).whenComplete((answer, failure) -> {
            try {
                if (failure == null && !(answer instanceof ProbeAnswer.Unwell)) {
                    health.hear(subject.node(), answer);
                }
            } finally {
                heard.complete(null); // whatever becomes of it: a client waits
            }
        });
    }

    private static CompletionStage<?> pass(long nanos) {
        return nanos <= 0
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
    }

    private CompletionStage<ProbeAnswer> answer(Node node, String context) {
        try {
            return asker.probe(node, context);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
