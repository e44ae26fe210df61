package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers with a route of their own: Tomcat's {@code jvmRoute}, Jetty's {@code workerName}. */
class NativeRoutesIT {

    private static final int SESSIONS = 20;

    /** A container whose own route equals the name of n1, and on any other node does not. */
    private record Routed(Container container) implements Server {

        static String route(String node) {
            return node.equals("n1") ? "n1" : "own-" + node;
        }

        @Override
        public Pattern sessionValue() {
            return Pattern.compile("[0-9A-Za-z_-]+\\.(n1|own-n2)");
        }

        @Override
        public Program start(Node node, WorkFolder work, Path war, Map<String, String> environment) {
            Map<String, String> routed = new HashMap<>(environment);
            String route = route(node.name());
            routed.put("JAVA_TOOL_OPTIONS", "-DjvmRoute=" + route + " -Djetty.sessionIdManager.workerName=" + route);
            return container.start(node, work, war, routed);
        }

        @Override
        public void awaitReady(Node node, Program program) {
            container.awaitReady(node, program);
        }

        @Override
        public String toString() {
            return container + "-routed";
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void theContainersRouteStaysLimpetsFollowsAndTheSessionIsFoundByIt(Container container) {
        Routed server = new Routed(container);
        try (Cluster cluster = Cluster.start(server, 2, Failover.ON)) {
            for (int i = 0; i < SESSIONS; i++) {
                Browser browser = cluster.browser();
                Answer first = browser.get("/api/cart");
                String node = first.cart().node();

                assertThat(first.setCookies()).hasSize(1);
                assertTagged(first.sessionCookies().get(0), server, node);
                Answer second = browser.post("/api/cart?item=mug");
                assertThat(second.setCookies()).isEmpty();
                assertThat(second.cart().visits()).isEqualTo(2);
                assertThat(second.cart().node()).isEqualTo(node);
            }
            takeOver(cluster, server);
        }
    }

    private static void takeOver(Cluster cluster, Routed server) {
        Browser browser = cluster.browser();
        Cart cart = browser.add("mug");
        cluster.kill(cart.node());

        Answer next = browser.get("/api/cart");

        String other = cluster.others(cart.node()).get(0).name();
        assertThat(next.cart().node()).isEqualTo(other);
        assertThat(next.cart().items()).containsExactly("mug");
        assertTagged(next.sessionCookies().get(0), server, other);
        assertThat(browser.get("/api/cart").setCookies()).isEmpty();
    }

    private static void assertTagged(SessionCookie cookie, Routed server, String node) {
        assertThat(cookie.untagged()).matches(server.sessionValue()).endsWith("." + Routed.route(node));
        assertThat(cookie.route()).isEqualTo(node);
    }
}
