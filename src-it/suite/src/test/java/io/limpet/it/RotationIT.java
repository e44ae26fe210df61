package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Secret;
import io.limpet.it.load.Shoppers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    /** The files of a deployment: one for all nodes, and the proxy's settings. */
    private record Deployment(Path nodes, Path proxy) {

        static Deployment in(Path folder) {
            return new Deployment(folder.resolve("secret"), folder.resolve("proxy.yaml"));
        }

        Secret nodes(String setting) {
            replace(nodes, setting);
            return Secret.inFile(setting, nodes);
        }

        void proxy(String setting) {
            replace(proxy, "secret: \"" + setting + "\"\n");
        }

        private static void replace(Path file, String text) {
            try {
                Path next = Files.writeString(file.resolveSibling("next"), text);
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A secret in files is changed under load, and restarts nothing. */
    @ParameterizedTest
    @EnumSource
    void aRotationMovesNoSession(Container container, @TempDir Path folder) {
        Deployment files = Deployment.in(folder);
        Secret begin = files.nodes(OLD);
        files.proxy(OLD);
        List<String> options = List.of("--config", files.proxy().toString());
        try (Cluster cluster = Cluster.start(container, 2, Failover.OFF, begin, options)) {
            List<Witness> witnesses =
                    Stream.generate(() -> Witness.of(cluster)).limit(WITNESSES).toList();
            char first = witnesses.get(0).secret();
            Shoppers shoppers = new Shoppers(SHOPPERS, cluster::browser);
            Map<Browser, String> nodes;
            try (shoppers) {
                shoppers.awaitPurchases(50);
                nodes = nodesOf(shoppers.ledger().carts());
                witnesses.forEach(
                        witness -> nodes.put(witness.browser(), witness.cart().node()));
                List<String> cookies = sessions(witnesses);

                rotate(cluster, files, OLD + "," + NEW);
                awaitTaken(cluster, new Secret(NEW));
                rotate(cluster, files, NEW + "," + OLD);
                await("new sessions to be sealed with the new secret")
                        .pollDelay(Duration.ZERO)
                        .until(() -> Stream.generate(() -> Witness.of(cluster))
                                .limit(WITNESSES)
                                .noneMatch(witness -> witness.secret() == first));

                shoppers.awaitPurchases(50);
                assertThat(sessions(witnesses)).isEqualTo(cookies);
                assertThat(nodesOf(nodes.keySet())).isEqualTo(nodes);
            }
            assertThat(shoppers.wrongs()).isEmpty();
            assertThat(shoppers.tally().refused()).isZero();

            // what has begun since outlives the old secret
            List<Witness> since =
                    Stream.generate(() -> Witness.of(cluster)).limit(WITNESSES).toList();
            Map<Browser, String> nodesSince =
                    nodesOf(since.stream().map(Witness::browser).toList());
            rotate(cluster, files, NEW);
            assertThat(nodesOf(nodesSince.keySet())).isEqualTo(nodesSince);
            cluster.assertAlive();
        }
    }

    /** The proxy first: it must read whatever a node writes. */
    private static void rotate(Cluster cluster, Deployment files, String setting) {
        files.proxy(setting);
        cluster.operator().command("reload");
        cluster.secret(files.nodes(setting));
    }

    /** Until each node answers requests sealed with it. */
    private static void awaitTaken(Cluster cluster, Secret secret) {
        cluster.secret(secret);
        cluster.nodes()
                .forEach(node -> await(node.name() + " to know the secret")
                        .pollDelay(Duration.ZERO)
                        .untilAsserted(
                                () -> assertThat(cluster.isWell(node.name())).isTrue()));
    }

    private static List<String> sessions(List<Witness> witnesses) {
        return witnesses.stream().map(witness -> witness.browser().session()).toList();
    }

    private static Map<Browser, String> nodesOf(Collection<Browser> browsers) {
        Map<Browser, String> nodes = new HashMap<>();
        browsers.forEach(browser -> nodes.put(browser, browser.cart().node()));
        return nodes;
    }

    @Test
    void aRotationByRestartsLosesNoSessionAndMovesNoneWhoseNodeIsNotRestarted() {
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
