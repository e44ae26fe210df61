package io.limpet.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BalancingTest {

    private static final Duration SLOW = Duration.ofSeconds(30);

    private final Random random = new Random(7);
    private long now = Duration.ofHours(1).toNanos();

    private Balance balance(Balancing way) {
        return way.with(SLOW, random::nextDouble, () -> now);
    }

    private static Nodes nodes(int... weights) {
        return Nodes.startingWith(IntStream.range(0, weights.length)
                .mapToObj(i -> node(i + 1, weights[i]))
                .toList());
    }

    private static Node node(int number, int weight) {
        return new Node(
                new Route("n" + number), URI.create("http://127.0.0.1:" + (8000 + number)), Tagging.LIMPET, weight);
    }

    private static Nodes.Member member(Nodes nodes, String name) {
        return nodes.named(new Route(name)).orElseThrow();
    }

    private static Nodes told(Nodes nodes, String name, long sessions) {
        return nodes.with(new Route(name), NodeReport.of(sessions, 0, true, 0));
    }

    private Map<String, Integer> draws(Balancing way, Nodes nodes, int times) {
        Balance balance = balance(way);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(balance.draw(List.copyOf(nodes.all())).node().toString(), 1, Integer::sum);
        }
        return counts;
    }

    @ParameterizedTest
    @EnumSource
    void equalNodesGetEqualShares(Balancing way) {
        assertThat(draws(way, nodes(1, 1, 1), 3000).values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(900, 1100));
    }

    @ParameterizedTest
    @EnumSource
    void theOnlyNodeGetsAll(Balancing way) {
        assertThat(draws(way, nodes(1), 10)).containsExactly(Map.entry("n1", 10));
    }

    @ParameterizedTest
    @EnumSource(names = "ROUND_ROBIN", mode = EnumSource.Mode.EXCLUDE)
    void weightsCountButInRoundRobin(Balancing way) {
        assertThat(draws(way, nodes(1, 3), 4000).get("n2")).isGreaterThan(2800);
    }

    @Test
    void roundRobinGoesRound() {
        Nodes nodes = nodes(1, 5, 1);
        Balance balance = balance(Balancing.ROUND_ROBIN);

        assertThat(Stream.generate(() -> balance.draw(List.copyOf(nodes.all())))
                        .limit(6)
                        .map(member -> member.node().toString()))
                .containsExactly("n1", "n2", "n3", "n1", "n2", "n3");
    }

    @Test
    void ofTwoNodesTheOneWithFewerRequestsInFlightGetsTheNewSession() {
        Nodes nodes = nodes(1, 1);
        member(nodes, "n1").inFlight().enter();

        assertThat(draws(Balancing.TWO_CHOICES, nodes, 50)).containsOnlyKeys("n2");
        assertThat(draws(Balancing.LEAST_REQUESTS, nodes, 50)).containsOnlyKeys("n2");
        assertThat(draws(Balancing.WEIGHTED, nodes, 50)).containsOnlyKeys("n1", "n2");
    }

    @Test
    void ofTwoNodesTheOneWithFewerLiveSessionsGetsNearlyAllNewOnesAndTheOtherSomeOfOtherApplications() {
        Nodes nodes = told(told(nodes(1, 1), "n1", 100), "n2", 90);

        assertThat(draws(Balancing.TWO_CHOICES, nodes, 200))
                .containsOnlyKeys("n1", "n2")
                .hasEntrySatisfying("n2", count -> assertThat(count).isBetween(170, 199));
    }

    @Test
    void theMostLoadedOfManyGetsNone() {
        Nodes nodes = nodes(1, 1, 1, 1);
        member(nodes, "n3").inFlight().enter();

        assertThat(draws(Balancing.TWO_CHOICES, nodes, 200)).containsOnlyKeys("n1", "n2", "n4");
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatHasJustComeUpGetsLittleAndThenItsShare(Balancing way) {
        Nodes nodes = nodes(1, 1);
        member(nodes, "n2").share().cameUp(now);
        int cold = draws(way, nodes, 1000).getOrDefault("n2", 0);
        assertThat(cold).isBetween(way == Balancing.TWO_CHOICES ? 0 : 1, 200);

        now += SLOW.toNanos() / 2;
        assertThat(draws(way, nodes, 1000).getOrDefault("n2", 0)).isBetween(cold, 450);

        now += SLOW.toNanos() / 2;
        assertThat(draws(way, nodes, 1000).get("n2")).isCloseTo(500, within(60));
    }

    @Test
    void aNodeThatHasJustComeUpWithoutSessionsGetsATenthOfWhatIsNewAndNotAll() {
        Nodes nodes = told(told(nodes(1, 1), "n1", 5_000), "n2", 0);
        member(nodes, "n2").share().cameUp(now);
        assertThat(draws(Balancing.TWO_CHOICES, nodes, 1000).get("n2")).isBetween(60, 140);

        now += SLOW.toNanos() / 2;
        assertThat(draws(Balancing.TWO_CHOICES, nodes, 1000).get("n2")).isBetween(400, 560);

        now += SLOW.toNanos() / 2;
        assertThat(draws(Balancing.TWO_CHOICES, nodes, 1000).get("n2")).isGreaterThan(900);
    }

    @Test
    void nodesThatAllComeUpAtOnceShareAllAsEquals() {
        Nodes nodes = nodes(1, 1, 1);
        nodes.all().forEach(member -> member.share().cameUp(now));

        assertThat(draws(Balancing.TWO_CHOICES, nodes, 3000).values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(900, 1100));
    }

    @Test
    void sessionsOfUnevenNodesEvenOut() {
        Nodes nodes = told(told(told(nodes(1, 1, 1), "n1", 300), "n2", 300), "n3", 0);
        Balance balance = balance(Balancing.TWO_CHOICES);
        long[] sessions = {300, 300, 0};
        for (int i = 0; i < 1_200; i++) {
            int drawn = balance.draw(List.copyOf(nodes.all())).node().uri().getPort() - 8001;
            nodes = told(nodes, "n" + (drawn + 1), ++sessions[drawn]);
        }
        assertThat(Arrays.stream(sessions).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(580L, 620L));
    }
}
