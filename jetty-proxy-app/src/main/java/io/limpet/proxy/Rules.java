package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.Limits;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.PlainRoutes;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;

/**
 * What every request of one proxy shares. Immutable.
 *
 * @param names how the application names its sessions
 * @param routes how routes are written
 * @param health the nodes and their conditions
 * @param chooser who chooses among them
 * @param upstream the way to the nodes
 * @param responseHead the rules for what nodes answer
 * @param timeouts how long the proxy waits
 * @param limits how much it takes
 * @param patrol who passes by the requests under way
 * @param tunnels what requests have become that asked for an upgrade
 * @param trustedProxies whose word about a client is taken
 * @param retryAfterSeconds when a client may try again that found no node
 */
record Rules(
        SessionNames names,
        RouteCodec routes,
        NodeHealth health,
        NodeChooser chooser,
        Upstream upstream,
        ResponseHead responseHead,
        Timeouts timeouts,
        Limits limits,
        Patrol patrol,
        Tunnels tunnels,
        TrustedProxies trustedProxies,
        long retryAfterSeconds) {

    /** The rules of a proxy with these settings. */
    static Rules of(ProxySettings settings, NodeHealth health, Upstream upstream) {
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
                upstream,
                new ResponseHead(names, routes),
                settings.timeouts(),
                settings.limits(),
                new Patrol(),
                new Tunnels(),
                settings.inbound().trustedProxies(),
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
