package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TakeoverTest {

    private static final int SESSIONS = 10_000;

    private final NodeChooser chooser = new NodeChooser(new PlainRoutes());

    private static Nodes nodes(int... weights) {
        return Nodes.startingWith(IntStream.range(0, weights.length)
                .mapToObj(i -> new Node(
                        new Route("n" + (i + 1)),
                        URI.create("http://127.0.0.1:" + (8001 + i)),
                        Tagging.LIMPET,
                        weights[i]))
                .toList());
    }

    private String server(Nodes nodes, String session, String owner) {
        Choice choice = chooser.choose(new Presented(List.of(session + "." + owner), List.of()), nodes, List.of());
        return ((Choice.Served) choice).node().toString();
    }

    private Map<String, Integer> serversOfAll(Nodes nodes, String owner) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < SESSIONS; i++) {
            counts.merge(server(nodes, "session" + i, owner), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void theSessionsOfOneOfFourNodesSpreadEvenlyOverTheOthers() {
        Map<String, Integer> shares = serversOfAll(Members.down(nodes(1, 1, 1, 1), "n2"), "n2");

        assertThat(shares).containsOnlyKeys("n1", "n3", "n4");
        assertThat(shares.values())
                .allSatisfy(share -> assertThat(100.0 * share / SESSIONS).isCloseTo(33.3, within(3.0)));
    }

    @Test
    void sharesAreLikeTheWeights() {
        Map<String, Integer> shares = serversOfAll(Members.down(nodes(1, 1, 2, 5), "n1"), "n1");

        assertThat(100.0 * shares.getOrDefault("n2", 0) / SESSIONS).isCloseTo(12.5, within(3.0));
        assertThat(100.0 * shares.getOrDefault("n3", 0) / SESSIONS).isCloseTo(25, within(3.0));
        assertThat(100.0 * shares.getOrDefault("n4", 0) / SESSIONS).isCloseTo(62.5, within(3.0));
    }

    @Test
    void whenASecondNodeDiesOnlyItsOwnSessionsMove() {
        for (int[] weights : new int[][] {{1, 1, 1, 1}, {1, 3, 2, 5}}) {
            Nodes one = Members.down(nodes(weights), "n1");
            Nodes two = Members.down(one, "n3");
            for (int i = 0; i < 2_000; i++) {
                String before = server(one, "session" + i, "n1");
                assertThat(before.equals("n3")
                                || server(two, "session" + i, "n1").equals(before))
                        .isTrue();
            }
        }
    }

    @Test
    void proxiesAgreeWhateverTheOrderOfTheirSettings() {
        Nodes one = Members.down(nodes(1, 3, 2, 5), "n1");
        List<Node> reversed = one.all().stream()
                .map(Nodes.Member::node)
                .sorted((a, b) -> b.toString().compareTo(a.toString()))
                .toList();
        Nodes other = Members.down(Nodes.startingWith(reversed), "n1");
        for (int i = 0; i < 2_000; i++) {
            assertThat(server(one, "session" + i, "n1")).isEqualTo(server(other, "session" + i, "n1"));
        }
    }

    @Test
    void aSurvivorGetsNoMoreThanItsRateAndTheRestWaitInTheirOrder() {
        Nodes.Member survivor = nodes(1).all().iterator().next();
        TakeoverRate rate = new TakeoverRate(100, Duration.ofSeconds(5));
        long now = System.nanoTime();
        long last = 0;
        for (int i = 0; i < 500; i++) {
            long turn = rate.turn(survivor, now).orElseThrow();
            assertThat(turn).isGreaterThanOrEqualTo(last);
            last = turn;
        }
        // ten of a burst, and then one each hundredth of a second
        assertThat(Duration.ofNanos(last)).isEqualTo(Duration.ofMillis(4_890));
    }

    @Test
    void whoWouldWaitTooLongIsRefusedAndTakesNobodysTurn() {
        Nodes.Member survivor = nodes(1).all().iterator().next();
        TakeoverRate rate = new TakeoverRate(10, Duration.ofSeconds(1));
        long now = System.nanoTime();
        long admitted = IntStream.range(0, 1_000)
                .mapToObj(i -> rate.turn(survivor, now))
                .filter(OptionalLong::isPresent)
                .count();

        assertThat(admitted).isEqualTo(12);
        assertThat(rate.turn(survivor, now + Duration.ofMillis(200).toNanos())).isPresent();
    }

    @Test
    void withoutARateNobodyWaits() {
        Nodes.Member survivor = nodes(1).all().iterator().next();
        for (int i = 0; i < 10_000; i++) {
            assertThat(new TakeoverRate(0, Duration.ofSeconds(1)).turn(survivor, 0))
                    .hasValue(0);
        }
    }
}
