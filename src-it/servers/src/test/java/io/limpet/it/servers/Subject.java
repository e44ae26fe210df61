package io.limpet.it.servers;

import io.limpet.it.BareContainer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Failover;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The nodes of one server that are looked at, with failover switched on.
 *
 * @param bare the session cookie that the same server writes for the same shop without Limpet
 */
record Subject(Cluster cluster, SessionCookie bare) implements AutoCloseable {

    /** The same server without Limpet is asked first. */
    static SessionCookie bareCookieOf(Recipe recipe) throws IOException {
        return BareContainer.sessionCookie(new ReleasedServer(recipe, Variant.SHOP));
    }

    static Subject start(ReleasedServer server, SessionCookie bare) {
        return new Subject(Cluster.start(server, server.variant().nodes(), Failover.ON), bare);
    }

    Pattern sessionValue() {
        return cluster.server().sessionValue();
    }

    /** Somebody whose session is on that node, with one thing in the cart. */
    Browser visitorOf(String node) {
        return Stream.generate(cluster::browser)
                .limit(100)
                .filter(browser -> browser.add("mug").node().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session begins on " + node));
    }

    /** The same session, asked for at another node, as when its owner is dead. */
    Browser elsewhere(String session, String node) {
        String untagged = session.substring(0, session.lastIndexOf('.'));
        return Browser.with(cluster.uri(), untagged + "." + node);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
