package io.limpet.it.servers;

import io.limpet.it.BareContainer;
import io.limpet.it.ContainerRouted;
import io.limpet.it.client.Browser;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Failover;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The nodes of one server that are looked at.
 *
 * @param nodes as their variant wants them: a cluster with failover switched on, but for two
 * @param end ends them
 * @param bare the session cookie that the same server writes for the same shop without Limpet
 */
record Subject(Object nodes, Runnable end, SessionCookie bare) implements AutoCloseable {

    /** The same server without Limpet is asked first. */
    static SessionCookie bareCookieOf(Recipe recipe) throws IOException {
        return BareContainer.sessionCookie(new ReleasedServer(recipe, Variant.SHOP));
    }

    static Subject start(ReleasedServer server, SessionCookie bare) {
        return switch (server.variant()) {
            case PROBE -> of(Probed.start(server), bare);
            case CONTAINER_ROUTE -> of(ContainerRouted.start(server), bare);
            default -> of(Cluster.start(server, server.variant().nodes(), Failover.ON), bare);
        };
    }

    private static Subject of(Probed probed, SessionCookie bare) {
        return new Subject(probed, probed::close, bare);
    }

    private static Subject of(ContainerRouted routed, SessionCookie bare) {
        return new Subject(routed, routed::close, bare);
    }

    private static Subject of(Cluster cluster, SessionCookie bare) {
        return new Subject(cluster, cluster::close, bare);
    }

    /**
     * The nodes of every other variant.
     *
     * @throws ClassCastException when the variant has the nodes of {@link #probed} or {@link #routed}
     */
    Cluster cluster() {
        return (Cluster) nodes;
    }

    /** The nodes of {@link Variant#PROBE}. */
    Probed probed() {
        return (Probed) nodes;
    }

    /** The nodes of {@link Variant#CONTAINER_ROUTE}. */
    ContainerRouted routed() {
        return (ContainerRouted) nodes;
    }

    Pattern sessionValue() {
        return cluster().server().sessionValue();
    }

    /** Somebody whose session is on that node, with one thing in the cart. */
    Browser visitorOf(String node) {
        return Stream.generate(cluster()::browser)
                .limit(100)
                .filter(browser -> browser.add("mug").node().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session begins on " + node));
    }

    /** The same session, asked for at another node, as when its owner is dead. */
    Browser elsewhere(String session, String node) {
        String untagged = session.substring(0, session.lastIndexOf('.'));
        return Browser.with(cluster().uri(), untagged + "." + node);
    }

    @Override
    public void close() {
        end.run();
    }
}
