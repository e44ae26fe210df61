package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.HazelcastServers;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeStatus;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.load.Ledger;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code mode=client}: two nodes keep their sessions on three Hazelcast servers, and one of each dies at the same moment,
 * so that nobody can save again what the server took along.
 */
class HazelcastServersIT {

    private static final int SESSIONS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Ledger<Browser> ledger = new Ledger<>();

    @Test
    void whatWasAcknowledgedOutlivesANodeAndAServerThatDieTogether() {
        assertThat(wrongsAfterBothHaveDied(1)).isEmpty();
    }

    // the same check must be able to fail
    @Test
    void withoutBackupsTheLedgerFindsWhatTheServerTookAlong() {
        assertThat(wrongsAfterBothHaveDied(0))
                .isNotEmpty()
                .hasSizeLessThan(SESSIONS) // two servers still have theirs
                .allMatch(wrong -> wrong.startsWith("lost "));
    }

    private List<String> wrongsAfterBothHaveDied(int backups) {
        Node first = new Node("n1", FreePorts.next(), FreePorts.next());
        Node second = new Node("n2", FreePorts.next(), FreePorts.next());
        WorkFolder work = WorkFolder.create("servers-" + backups);
        try (HazelcastServers servers = HazelcastServers.start(work, backups);
                Program n1 = start(first, servers, work);
                Program n2 = start(second, servers, work)) {
            List.of(first, second)
                    .forEach(node ->
                            await(node.name() + " to be well").atMost(LIMIT).until(() -> isWell(node)));
            for (int i = 0; i < SESSIONS; i++) {
                Browser browser = new Browser(first.uri());
                browser.add("item" + i);
                ledger.acknowledge(browser, "item" + i);
            }

            servers.kill(0);
            n1.kill();

            List<String> wrongs = new ArrayList<>();
            for (Browser browser : ledger.carts()) {
                wrongs.addAll(ledger.wrongs(browser, cartAt(second, browser)));
            }
            assertThat(n2.isAlive()).isTrue();
            System.out.println("a server and a node died, " + backups + " backups: " + wrongs.size() + " of " + SESSIONS
                    + " carts lost");
            return wrongs;
        }
    }

    private static Program start(Node node, HazelcastServers servers, WorkFolder work) {
        return Container.TOMCAT_10.start(node, work, Artifact.WAR.path(), servers.environment(node.name()));
    }

    private static boolean isWell(Node node) {
        try {
            return new Browser(node.uri())
                    .get("/limpet/status")
                    .json(NodeStatus.class)
                    .failover()
                    .equals("healthy");
        } catch (UncheckedIOException e) {
            return false; // it does not listen yet
        }
    }

    /** While the servers mend their cluster nobody may say that the session does not exist. */
    private static List<String> cartAt(Node node, Browser browser) {
        Browser client = Browser.with(node.uri(), browser.untagged());
        Answer answer = await("an answer about the cart")
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(() -> client.get("/api/cart"), it -> it.status() != 503);
        return answer.cart().items();
    }
}
