package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.HealthCheck;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.Route;
import io.limpet.route.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Probes the nodes as the settings say, also when these change. Not safe for use by several threads, but to
 * ask for names. */
final class Probing implements Names {

    private record Way(HealthSettings health, List<Secret> secrets) {}

    /** The end of a drain is seen within a second, however rarely nodes are probed. */
    private static final Duration WHILE_DRAINING = Duration.ofMillis(500);

    private final NodeHealth health;
    private final NodeStates states;
    private final Upstream upstream;
    private final ScheduledExecutorService scheduler;
    private @Nullable Way way;
    private @Nullable HealthCheck check;
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
        if (check != null && wanted.equals(way)) {
            check.probeAll();
            return;
        }
        if (check != null) {
            check.stop();
        }
        way = wanted;
        StatusProber now = new StatusProber(upstream, settings.health(), settings.secrets());
        prober = now;
        check = new HealthCheck(health, now);
        check.start(scheduler, settings.health().interval());
        if (settings.health().interval().compareTo(WHILE_DRAINING) > 0) {
            check.alsoProbe(scheduler, WHILE_DRAINING, states::draining);
        }
    }
}
