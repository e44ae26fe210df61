package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Secret;
import io.limpet.it.load.Shoppers;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The secret is changed as the README says, while shoppers buy. */
class RotationIT {

    private static final String OLD = "the secret that somebody saw";
    private static final String NEW = "the secret that nobody knows";

    private static final int SHOPPERS = 3;
    private static final int WITNESSES = 8;

    /** One who looks at their cart only when nothing is being restarted. */
    private record Witness(Browser browser) {

        static Witness of(Cluster cluster) {
            Witness witness = new Witness(cluster.browser());
            witness.browser.add("mug");
            return witness;
        }

        Cart cart() {
            return browser.cart();
        }

        /** One character in the sealed segment names the secret. */
        char secret() {
            String session = browser.session();
            return session.charAt(session.lastIndexOf('.') + 1);
        }
    }

    @Test
    void aRotationMovesNoSessionWhoseNodeIsNotRestartedAndLosesNone() {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 2, Failover.ON, new Secret(OLD))) {
            List<Witness> witnesses =
                    Stream.generate(() -> Witness.of(cluster)).limit(WITNESSES).toList();
            char first = witnesses.get(0).secret();
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            try (shoppers) {
                restartAll(cluster, new Secret(OLD + "," + NEW), witnesses);
                assertThat(witnesses).allMatch(witness -> witness.secret() == first);
                restartAll(cluster, new Secret(NEW + "," + OLD), witnesses);
                assertThat(witnesses).noneMatch(witness -> witness.secret() == first);
                restartAll(cluster, new Secret(NEW), witnesses);
                shoppers.awaitPurchases(50);
            }
            assertThat(shoppers.wrongs()).isEmpty();
            cluster.assertAlive();
        }
    }

    /** The proxy, then one node after the other; whoever lives elsewhere must not notice. */
    private static void restartAll(Cluster cluster, Secret secret, List<Witness> witnesses) {
        cluster.secret(secret);
        nobodyMoves(witnesses, everyone -> true, cluster::restartProxy);
        for (Node node : cluster.nodes()) {
            nobodyMoves(witnesses, cart -> !cart.node().equals(node.name()), () -> {
                cluster.stop(node.name());
                cluster.repair();
            });
        }
    }

    private static void nobodyMoves(List<Witness> witnesses, Predicate<Cart> unconcerned, Runnable restart) {
        List<Cart> before = witnesses.stream().map(Witness::cart).toList();
        List<String> cookies =
                witnesses.stream().map(witness -> witness.browser().session()).toList();
        restart.run();
        for (int i = 0; i < WITNESSES; i++) {
            Cart cart = witnesses.get(i).cart();
            assertThat(cart.items()).containsExactly("mug");
            if (unconcerned.test(before.get(i))) {
                assertThat(cart.node()).isEqualTo(before.get(i).node());
                assertThat(witnesses.get(i).browser().session()).isEqualTo(cookies.get(i));
            }
        }
    }
}
