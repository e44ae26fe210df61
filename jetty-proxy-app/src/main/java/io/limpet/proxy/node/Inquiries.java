package io.limpet.proxy.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Probes out of turn, because an answer to a client has raised a doubt whether an application is still there. Clients
 * cause them: so who asks again soon gets the last answer, and silence is no evidence against the node.
 *
 * <p>Safe for any number of threads.
 */
public final class Inquiries {

    /** Who asks a node. */
    public interface Asker {
        /** Asks for the application with this context path first. */
        CompletionStage<ProbeAnswer> probe(Node node, String context);
    }

    /** However seldom nodes are probed: an application may go at any moment. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private record Subject(Node node, String context) {}

    private record Asked(long at, CompletableFuture<Void> heard) {}

    private final NodeHealth health;
    private final Asker asker;
    private final long apart;
    private final LongSupplier nanoTime;
    private final Map<Subject, Asked> last = new ConcurrentHashMap<>();

    /** Inquiries of which this health hears, half an interval of its probes apart, or a second. */
    public Inquiries(NodeHealth health, Asker asker, Duration interval) {
        this(health, asker, interval, System::nanoTime);
    }

    Inquiries(NodeHealth health, Asker asker, Duration interval, LongSupplier nanoTime) {
        this.health = health;
        this.asker = asker;
        this.apart = Math.min(interval.dividedBy(2).toNanos(), LONGEST.toNanos());
        this.nanoTime = nanoTime;
    }

    /** Asks a node for an application; completes when the answer was heard, at once when it was a moment ago. */
    public CompletionStage<?> ask(Node node, String context) {
        long now = nanoTime.getAsLong();
        last.values().removeIf(asked -> asked.heard().isDone() && now - asked.at() >= apart);
        CompletableFuture<Void> heard = new CompletableFuture<>();
        Asked before = last.putIfAbsent(new Subject(node, context), new Asked(now, heard));
        if (before != null) {
            return before.heard();
        }
        var unused = answer(node, context).whenComplete((answer, failure) -> {
            if (failure == null && !(answer instanceof ProbeAnswer.Unwell)) {
                health.hear(node, answer);
            }
            heard.complete(null);
        });
        return heard;
    }

    private CompletionStage<ProbeAnswer> answer(Node node, String context) {
        try {
            return asker.probe(node, context);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
