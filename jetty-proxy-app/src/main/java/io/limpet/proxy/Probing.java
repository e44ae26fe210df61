package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.HealthCheck;
import io.limpet.proxy.node.Inquiries;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.ProbePace;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.Route;
import io.limpet.route.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Probes the nodes as the settings say, also when these change. Not safe for use by several threads, but to
 * ask for names and for single nodes. */
final class Probing implements Names {

    private record Way(HealthSettings health, List<Secret> secrets) {}

    /** The end of a drain, or of an application, is seen within a second, however rarely nodes are probed. */
    private static final Duration WHILE_WAITED_FOR = Duration.ofMillis(500);

    private final NodeHealth health;
    private final NodeStates states;
    private final Upstream upstream;
    private final ScheduledExecutorService scheduler;
    private final Absences absences = new Absences();
    private @Nullable Way way;
    private @Nullable HealthCheck check;
    private volatile @Nullable Inquiries inquiries;
    private volatile @Nullable StatusProber prober;

    Probing(NodeHealth health, NodeStates states, Upstream upstream, ScheduledExecutorService scheduler) {
        this.health = health;
        this.states = states;
        this.upstream = upstream;
        this.scheduler = scheduler;
    }

    @Override
    public CompletionStage<Optional<Route>> nameAt(URI address) {
        StatusProber now = prober;
        return now == null ? CompletableFuture.completedFuture(Optional.empty()) : now.nameAt(address);
    }

    /** From now on like this, with a first round at once: it finds the nodes that are new. */
    void follow(ProxySettings settings) {
        Way wanted = new Way(settings.health(), settings.secrets());
        HealthCheck running = check;
        if (running != null && wanted.equals(way)) {
            running.probeAll();
            return;
        }
        if (running != null) {
            running.stop();
        }
        way = wanted;
        HealthSettings probes = settings.health();
        StatusProber now =
                new StatusProber(upstream, probes, settings.secrets(), this::last, this::applications, absences);
        prober = now;
        inquiries = new Inquiries(health, now::probeFor, probes.interval());
        ProbePace pace = new ProbePace(
                probes.interval(), probes.timeout(), probes.thresholds().fall());
        HealthCheck next = new HealthCheck(health, now, pace, this::later);
        check = next;
        next.start(scheduler);
        if (probes.interval().compareTo(WHILE_WAITED_FOR) > 0) {
            next.alsoProbe(scheduler, WHILE_WAITED_FOR, this::awaited);
        }
    }

    /**
     * Asks a node at once whether it still has the application with this context path; completes when the answer was heard.
     * Any thread may call it.
     */
    CompletionStage<?> ask(Node node, String context) {
        Inquiries now = inquiries;
        return now == null ? CompletableFuture.completedFuture(node) : now.ask(node, context);
    }

    /** Nobody is probed any more, and what breaks the last probes is heard by nobody. */
    void end() {
        HealthCheck running = check;
        if (running != null) {
            running.end();
        }
    }

    /** Those that drain, and those that are up and tell in vain of some application. */
    private List<Node> awaited() {
        Stream<Node> doubted = health.nodes().all().stream()
                .filter(member -> member.state().isUp())
                .map(Nodes.Member::node)
                .filter(node -> !absences.doubted(node).isEmpty());
        return Stream.concat(states.draining().stream(), doubted).distinct().toList();
    }

    private NodeReport last(Node node) {
        return health.nodes().named(node.route()).map(Nodes.Member::report).orElse(NodeReport.NONE);
    }

    /** Those that it has told of; of one that has told of none, as its probed one may be gone, those of all nodes. */
    private Stream<ApplicationReport> applications(Node node) {
        List<ApplicationReport> own = last(node).applications();
        return own.isEmpty()
                ? health.nodes().all().stream().flatMap(member -> member.report().applications().stream())
                : own.stream();
    }

    private void later(Runnable task, Duration delay) {
        try {
            var unused = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the proxy stops, and asks nobody any more
        }
    }
}
