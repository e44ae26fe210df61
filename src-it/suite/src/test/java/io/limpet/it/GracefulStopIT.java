package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("open")
class GracefulStopIT {

    private final Cluster cluster;

    GracefulStopIT(Cluster cluster) {
        this.cluster = cluster;
    }

    static Stream<Cluster> open() {
        return Stream.of(Container.values()).map(container -> Cluster.start(container, 2, Failover.ON));
    }

    @BeforeEach
    void whole() {
        cluster.repair();
    }

    /** Somebody whose cart is on that node. */
    private Browser visitorOf(String node) {
        return Stream.generate(cluster::browser)
                .limit(100)
                .filter(browser -> browser.add("mug").node().equals(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no session begins on " + node));
    }

    /** A cookie that leads to another node, as the proxy of a killed owner would. */
    private Browser elsewhere(String session, Node node) {
        String untagged = session.substring(0, session.lastIndexOf('.'));
        return Browser.with(cluster.uri(), untagged + "." + node.name());
    }

    // containers invalidate their sessions when they stop: that must not end them everywhere
    @Test
    void sessionsOfAStoppedNodeLiveOnElsewhereAndSurviveTheNextStopToo() {
        List<Browser> browsers =
                Stream.generate(() -> visitorOf("n1")).limit(10).toList();

        cluster.stop("n1");

        assertThat(browsers).allSatisfy(browser -> {
            Cart cart = browser.add("bucket");
            assertThat(cart.items()).containsExactly("mug", "bucket");
            assertThat(cart.node()).isEqualTo("n2");
        });

        cluster.repair();
        cluster.stop("n2");

        assertThat(browsers).allSatisfy(browser -> {
            Cart cart = browser.cart();
            assertThat(cart.items()).containsExactly("mug", "bucket");
            assertThat(cart.node()).isEqualTo("n1");
        });
    }

    @Test
    void aLoggedOutSessionStaysDeadOnEveryNode() {
        Browser browser = visitorOf("n1");
        String old = browser.session();

        assertThat(browser.post("/api/logout").status()).isEqualTo(200);

        assertThat(cluster.nodes()).allSatisfy(node -> {
            Cart cart = elsewhere(old, node).cart();
            assertThat(cart.items()).isEmpty();
            assertThat(cart.node()).isEqualTo(node.name());
        });
    }

    @Test
    void theCookieFromBeforeTheLoginLeadsToNoSessionAnywhere() {
        Browser browser = visitorOf("n1");
        String old = browser.session();

        browser.post("/api/login?user=Ishmael").cart();

        assertThat(cluster.nodes()).allSatisfy(node -> {
            Cart cart = elsewhere(old, node).cart();
            assertThat(cart.items()).isEmpty();
            assertThat(cart.user()).isNull();
        });
        assertThat(browser.cart().user()).isEqualTo("Ishmael");
    }
}
