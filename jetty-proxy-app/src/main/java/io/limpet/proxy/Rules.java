package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.route.PlainRoutes;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;

/**
 * What every request of one proxy shares. Immutable.
 *
 * @param names how the application names its sessions
 * @param routes how routes are written
 * @param health the nodes and their conditions
 * @param chooser who chooses among them
 * @param http the client that talks to nodes
 * @param responseHead the rules for what nodes answer
 * @param idle how long a node may be silent
 * @param retryAfterSeconds when a client may try again that found no node
 */
record Rules(
        SessionNames names,
        RouteCodec routes,
        NodeHealth health,
        NodeChooser chooser,
        HttpClient http,
        ResponseHead responseHead,
        Duration idle,
        long retryAfterSeconds) {

    /** The rules of a proxy with these settings. */
    static Rules of(ProxySettings settings, NodeHealth health, HttpClient http) {
        RouteCodec routes = codec(settings);
        SessionNames names = new SessionNames(settings.cookie(), settings.pathParameters());
        HealthSettings probes = settings.health();
        // a node that is back needs this long to be seen
        long backAfter =
                probes.interval().multipliedBy(probes.thresholds().rise()).toSeconds();
        return new Rules(
                names,
                routes,
                health,
                new NodeChooser(routes),
                http,
                new ResponseHead(names, routes),
                settings.timeouts().idle(),
                Math.max(1, backAfter));
    }

    private static RouteCodec codec(ProxySettings settings) {
        return settings.secrets().isEmpty()
                ? new PlainRoutes()
                : new SealedRoutes(
                        settings.secrets(),
                        settings.nodes().stream().map(Node::route).toList());
    }
}
