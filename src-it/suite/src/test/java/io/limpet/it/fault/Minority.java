package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Clients that reach the node in the smaller half past the proxy, n1, with carts that it owns, and what the other half
 * does with the same sessions meanwhile.
 */
final class Minority {

    private static final int SESSIONS = 5;
    private static final String BEFORE = "before";
    private static final String ALONE = "alone";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Node majority;
    private final Node node;
    private final List<Browser> clients;
    private final Browser scout;

    private Minority(Node node, Node majority) {
        this.node = node;
        this.majority = majority;
        this.clients =
                Stream.generate(() -> Browser.at(node.uri())).limit(SESSIONS).toList();
        clients.forEach(client -> client.add(BEFORE));
        scout = Browser.at(node.uri());
        scout.add(BEFORE);
    }

    static Minority at(Cluster cluster) {
        return new Minority(cluster.nodes().get(0), cluster.nodes().get(1));
    }

    /** Once the smaller half is not well, and the other one is. */
    void whileApart(Failover failover) {
        if (failover == Failover.QUORUM) {
            // it is not well as soon as a save gets no answer, and refuses from when it knows that it is the smaller
            // one
            await("the minority to know")
                    .atMost(LIMIT)
                    .until(() -> scout.post("/api/cart?item=" + ALONE).status() == 503);
        }
        for (Browser client : clients) {
            Answer answer = client.post("/api/cart?item=" + ALONE);
            if (failover == Failover.QUORUM) {
                assertThat(answer.status()).as("a write in the minority").isEqualTo(503);
                assertThat(answer.retryAfter()).isNotEmpty();
            } else {
                assertThat(answer.cart().items()).containsExactly(BEFORE, ALONE);
            }
            // the other half claims it later, and writes another attribute: the visits, and not the items
            Cart there = served(Browser.with(majority.uri(), client.untagged()));
            assertThat(there.items()).containsExactly(BEFORE);
        }
        assertThat(new Browser(majority.uri()).add("majority").items()).hasSize(1);
    }

    /** Once they have met. */
    void whenHealed(Failover failover) {
        for (Browser client : clients) {
            Browser atTheOthers = Browser.with(majority.uri(), client.untagged());
            Browser here = Browser.with(node.uri(), client.untagged());
            // whoever claimed it later has it; a refused write is nowhere, wherever one looks
            assertThat(served(atTheOthers).items()).containsExactly(BEFORE);
            if (failover == Failover.QUORUM) {
                assertThat(served(here).items()).containsExactly(BEFORE);
            } else {
                // what the other half left as it was comes back as soon as its owner there is asked
                assertThat(served(here).items()).containsExactly(BEFORE, ALONE);
            }
        }
    }

    /** What both halves have changed contradicts, and that is told once; nor may the majority know yet that it is one. */
    private static Cart served(Browser browser) {
        return await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .until(() -> browser.get("/api/cart"), answer -> answer.status() == 200)
                .cart();
    }
}
