package io.limpet.proxy.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RebalanceTest {

    private static final int RATE = 20;
    private static final long ROUND = TimeUnit.SECONDS.toNanos(1);

    private static Node node(String name, int weight) {
        URI uri = URI.create("http://127.0.0.1:" + (8000 + name.hashCode() % 100));
        return new Node(new Route(name), uri, Tagging.LIMPET, weight);
    }

    /** Nodes n1, n2, … with so many sessions. */
    private static Nodes with(long... sessions) {
        Node[] all = new Node[sessions.length];
        Arrays.setAll(all, i -> node("n" + (i + 1), 1));
        return told(Nodes.startingWith(Arrays.asList(all)), sessions);
    }

    private static Nodes told(Nodes nodes, long... sessions) {
        Nodes changed = nodes;
        for (int i = 0; i < sessions.length; i++) {
            changed = changed.with(new Route("n" + (i + 1)), NodeReport.of(sessions[i], 0, true, 0));
        }
        return changed;
    }

    private static Nodes.Member member(Nodes nodes, String name) {
        return nodes.named(new Route(name)).orElseThrow();
    }

    private static Optional<String> better(Nodes nodes, String owner) {
        return new Rebalance(RATE, "")
                .better(member(nodes, owner), nodes)
                .map(it -> it.node().toString());
    }

    @Test
    void aSessionOfAFullNodeHadBetterBeOnTheEmptiest() {
        assertThat(better(with(60, 20, 0), "n1")).contains("n3");
    }

    @Test
    void aSessionOfANodeThatIsNotFullStays() {
        assertThat(better(with(60, 20, 0), "n2")).isEmpty();
        assertThat(better(with(60, 20, 0), "n3")).isEmpty();
    }

    @Test
    void nearlyEvenIsEven() {
        assertThat(better(with(104, 100, 96), "n1")).isEmpty();
        assertThat(better(with(1, 0), "n1")).isEmpty();
    }

    @Test
    void aHeavierNodeHasMoreByRight() {
        Nodes nodes = told(
                Nodes.startingWith(Arrays.asList(node("n1", 3), node("n2", 1))),
                30, // a third of what n1 is worth
                10);
        assertThat(better(nodes, "n1")).isEmpty();
        assertThat(better(told(nodes, 30, 2), "n1")).contains("n2");
    }

    @Test
    void onlyOfTheApplicationWhoseSessionsAreCountedAnyMoves() {
        Rebalance shop = new Rebalance(RATE, "/shop");
        assertThat(shop.isAbout("/shop")).isTrue();
        assertThat(shop.isAbout("/shop/cart")).isTrue();
        assertThat(shop.isAbout("/shopping")).isFalse();
        assertThat(shop.isAbout("/api")).isFalse();
        assertThat(new Rebalance(RATE, "").isAbout("/api")).isTrue();
    }

    @Test
    void weightsAreSharesWhateverTheirSize() {
        Nodes nodes = Nodes.startingWith(Arrays.asList(node("n1", 100), node("n2", 100), node("n3", 100)));
        assertThat(better(told(nodes, 199, 199, 0), "n1")).contains("n3");
    }

    @Test
    void aNodeThatDrainsOrIsDownOrHasItsSessionsAloneIsLeftOut() {
        Nodes full = with(60, 60, 0);
        Route n3 = new Route("n3");
        assertThat(better(full.with(n3, Condition.DRAINING), "n1")).isEmpty();
        assertThat(better(full.with(n3, Condition.down("it is")), "n1")).isEmpty();
        assertThat(better(full.with(n3, NodeReport.of(0, 0, false, 0)), "n1")).isEmpty();
        assertThat(better(full.with(n3, NodeReport.NONE), "n1")).isEmpty();
        assertThat(better(full.with(new Route("n1"), NodeReport.of(60, 0, false, 0)), "n1"))
                .isEmpty();
    }

    @Test
    void withoutARateNothingMoves() {
        Nodes nodes = with(60, 0);
        assertThat(new Rebalance(0, "").next(member(nodes, "n1"), nodes, 1)).isEmpty();
    }

    @Test
    void afterAThirdNodeHasJoinedTheSharesEvenOutAtTheRateAndThenRest() {
        long[] sessions = {300, 300, 0};
        Nodes nodes = with(sessions);
        Rebalance rebalance = new Rebalance(RATE, "");
        int seconds = 0;
        int moved;
        do {
            moved = 0;
            for (int request = 0; request < 1_000; request++) {
                int owner = request % 2;
                Nodes.Member from = member(nodes, "n" + (owner + 1));
                Optional<Nodes.Member> to = rebalance.next(from, nodes, seconds * ROUND + request * ROUND / 1_000);
                if (to.isPresent()) {
                    assertThat(to.get().node()).hasToString("n3");
                    from.share().gave();
                    to.get().share().took();
                    sessions[owner]--;
                    sessions[2]++;
                    moved++;
                }
            }
            assertThat(moved).isLessThanOrEqualTo(RATE + 1);
            seconds++;
            // the report of each second, which begins the reckoning anew
            nodes = with(sessions);
        } while (moved > 0);

        assertThat(seconds).isGreaterThanOrEqualTo(180 / RATE).isLessThan(2 * 200 / RATE);
        assertThat(Arrays.stream(sessions).max().orElseThrow() / 200.0).isLessThanOrEqualTo(1.06);
    }
}
