package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.node.HealthCheck;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.Secret;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Probes the nodes as the settings say, also when these change. Not safe for use by several threads. */
final class Probing {

    private record Way(HealthSettings health, List<Secret> secrets) {}

    private final NodeHealth health;
    private final Upstream upstream;
    private final ScheduledExecutorService scheduler;
    private @Nullable Way way;
    private @Nullable HealthCheck check;

    Probing(NodeHealth health, Upstream upstream, ScheduledExecutorService scheduler) {
        this.health = health;
        this.upstream = upstream;
        this.scheduler = scheduler;
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
        check = new HealthCheck(health, new StatusProber(upstream, settings.health(), settings.secrets()));
        check.start(scheduler, settings.health().interval());
    }
}
