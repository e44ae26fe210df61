package io.limpet.proxy.config;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.tls.Trust;
import io.limpet.route.Secret;
import java.util.List;

/**
 * All settings of a proxy, checked.
 *
 * @param listen where it listens; a servlet in another server has no use for it
 * @param nodes at least one, each of another name and another address
 * @param cookie the session cookie's name
 * @param pathParameters the names that the path parameter may have which carries the session id for clients without
 *     cookies
 * @param secrets seal the routes and the probes: the first one signs, all verify; none: routes in clear text
 * @param health how nodes are probed
 * @param timeouts how long the proxy waits
 * @param limits how much it takes
 * @param inbound how clients reach it
 * @param nodesTrust who vouches for nodes with https
 * @param balance which node a request goes to that no session binds
 * @param operating what operators have of it
 */
public record ProxySettings(
        ListenAddress listen,
        List<Node> nodes,
        String cookie,
        List<String> pathParameters,
        List<Secret> secrets,
        HealthSettings health,
        Timeouts timeouts,
        Limits limits,
        Inbound inbound,
        Trust nodesTrust,
        BalanceSettings balance,
        OperatingSettings operating) {

    /** Keeps its own copies of the lists. */
    public ProxySettings {
        nodes = List.copyOf(nodes);
        pathParameters = List.copyOf(pathParameters);
        secrets = List.copyOf(secrets);
    }
}
