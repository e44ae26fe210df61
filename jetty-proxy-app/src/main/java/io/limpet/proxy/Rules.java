package io.limpet.proxy;

import io.limpet.proxy.config.BalanceSettings;
import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.Limits;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.DrainRules;
import io.limpet.proxy.node.ForgedRoutes;
import io.limpet.proxy.node.LostOwner;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.TakeoverLine;
import io.limpet.proxy.rebalance.Moves;
import io.limpet.proxy.rebalance.Rebalance;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.PlainRoutes;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * What every request of one proxy shares. Immutable.
 *
 * @param names how the application names its sessions
 * @param routes how routes are written
 * @param health what is found out about nodes
 * @param states the nodes and their conditions
 * @param lostOwner what becomes of sessions that are lost
 * @param chooser who chooses among them
 * @param wishes which requests may want something else than their session's node
 * @param takeovers where requests wait that move their session to another node
 * @param rebalance which sessions move to a node that has fewer
 * @param moves those that did so a moment ago
 * @param upstream the way to the nodes
 * @param asking asks a node whether it still has an application, by its context path, and completes when it was heard
 * @param responseHead the rules for what nodes answer
 * @param timeouts how long the proxy waits
 * @param limits how much it takes
 * @param patrol who passes by the requests under way
 * @param departures who tells of clients that leave while bytes of theirs are unread
 * @param tunnels what requests have become that asked for an upgrade
 * @param trustedProxies whose word about a client is taken
 * @param retryAfterSeconds when a client may try again that found no node
 */
record Rules(
        SessionNames names,
        RouteCodec routes,
        NodeHealth health,
        NodeStates states,
        LostOwner lostOwner,
        NodeChooser chooser,
        Wishes wishes,
        TakeoverQueue takeovers,
        Rebalance rebalance,
        Moves moves,
        Upstream upstream,
        BiFunction<Node, String, CompletionStage<?>> asking,
        ResponseHead responseHead,
        Timeouts timeouts,
        Limits limits,
        Patrol patrol,
        Departures departures,
        Tunnels tunnels,
        TrustedProxies trustedProxies,
        long retryAfterSeconds) {

    /** The rules of a proxy with these settings. */
    static Rules of(
            ProxySettings settings,
            NodeHealth health,
            NodeStates states,
            Upstream upstream,
            BiFunction<Node, String, CompletionStage<?>> asking,
            Departures departures) {
        return of(
                settings,
                health,
                states,
                upstream,
                asking,
                new Patrol(),
                departures,
                new Tunnels(),
                new ForgedRoutes(),
                new Moves(),
                Optional.empty(),
                new TakeoverQueue(settings.balance().takeover(), new TakeoverLine()));
    }

    /** The same proxy's rules with other settings. */
    Rules changedTo(ProxySettings settings) {
        return of(
                settings,
                health,
                states,
                upstream,
                asking,
                patrol,
                departures,
                tunnels,
                chooser.forged(),
                moves,
                Optional.of(chooser.balance()),
                takeovers.at(settings.balance().takeover()));
    }

    private static Rules of(
            ProxySettings settings,
            NodeHealth health,
            NodeStates states,
            Upstream upstream,
            BiFunction<Node, String, CompletionStage<?>> asking,
            Patrol patrol,
            Departures departures,
            Tunnels tunnels,
            ForgedRoutes forged,
            Moves moves,
            Optional<Balance> before,
            TakeoverQueue takeovers) {
        BalanceSettings balance = settings.balance();
        Balance fresh = balance.way().startingSlowly(balance.slowStart());
        RouteCodec routes = codec(settings, health.nodes());
        SessionNames names = new SessionNames(settings.cookie(), settings.pathParameters());
        HealthSettings probes = settings.health();
        // a node that is back needs this long to be seen
        long backAfter =
                probes.interval().multipliedBy(probes.thresholds().rise()).toSeconds();
        return new Rules(
                names,
                routes,
                health,
                states,
                settings.operating().lostOwner(),
                new NodeChooser(routes, before.map(fresh::after).orElse(fresh), forged),
                Wishes.of(balance),
                takeovers,
                new Rebalance(balance.rebalance(), DrainRules.contextOf(probes.path())),
                moves,
                upstream,
                asking,
                new ResponseHead(names, routes),
                settings.timeouts(),
                settings.limits(),
                patrol,
                departures,
                tunnels,
                settings.inbound().trustedProxies(),
                Math.max(1, backAfter));
    }

    /** Where a request of this path goes that the chooser sends there, and that asks no node to let its session go. */
    Choice judge(Choice chosen, Nodes nodes, String path) {
        Choice left = lostOwner.judge(chosen, nodes, path);
        return rebalance.isOn() ? moves.followed(left, nodes, List.of(), System.nanoTime()) : left;
    }

    private static RouteCodec codec(ProxySettings settings, Nodes nodes) {
        return settings.secrets().isEmpty() ? new PlainRoutes() : new SealedRoutes(settings.secrets(), nodes.routes());
    }
}
