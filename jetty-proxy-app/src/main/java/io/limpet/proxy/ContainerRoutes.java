package io.limpet.proxy;

import io.limpet.route.Route;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nodes whose containers write their own route ({@code tagging=container}) write the one by which the proxy
 * knows them: no session of another one would be sticky, and nobody would be told. Safe for any number of threads.
 */
final class ContainerRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerRoutes.class);

    private final Set<Route> reported = ConcurrentHashMap.newKeySet();

    /** Looks at a session id that a node has set; says once for each node what is wrong with it. */
    void check(String id, Route node) {
        if (!isOf(id, node) && reported.add(node)) {
            LOG.error(
                    "node '{}' (tagging=container) has set a session cookie that does not end in .{}: its sessions are not"
                            + " sticky. Set its jvmRoute (Tomcat), workerName (Jetty), instance-id (WildFly) or cloneId"
                            + " (Liberty) to '{}', or call the node here what its cookies end in",
                    node,
                    node,
                    node);
        }
    }

    /** Tomcat, Jetty and WildFly write a dot before it, Liberty a colon. */
    private static boolean isOf(String id, Route node) {
        return id.isEmpty() || id.endsWith("." + node) || id.endsWith(":" + node);
    }
}
