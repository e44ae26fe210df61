package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers with a route of their own: Tomcat's {@code jvmRoute}, Jetty's {@code workerName}. */
class NativeRoutesIT {

    private static final int SESSIONS = 20;

    /** On n1 the container's own route equals the node's name, on n2 it does not. */
    private static final Map<String, String> ROUTES = Map.of("n1", "n1", "n2", "own-n2");

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void theContainersRouteStaysLimpetsFollowsAndTheSessionIsFoundByIt(Container container) {
        RoutedContainer server = new RoutedContainer(container, ROUTES);
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

    private static void takeOver(Cluster cluster, RoutedContainer server) {
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

    private static void assertTagged(SessionCookie cookie, RoutedContainer server, String node) {
        assertThat(cookie.untagged()).matches(server.sessionValue()).endsWith("." + server.route(node));
        assertThat(cookie.route()).isEqualTo(node);
    }
}
