package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States that the settings give to nodes. */
class StandingStateTest {

    private static final Duration DEADLINE = Duration.ofMinutes(30);
    private static final Thresholds THRESHOLDS = new Thresholds(2, 3);

    private final MovingClock clock = new MovingClock();
    private final NodeHealth health =
            new NodeHealth(List.of(node("n1", Order.READY), node("n2", Order.MAINTENANCE)), THRESHOLDS);
    private final NodeStates states = new NodeStates(health, new DrainRules(DEADLINE, ""), clock);

    private static Node node(String name, Order standing) {
        return node(name, new Standing(standing, Map.of()));
    }

    private static Node node(String name, Standing standing) {
        Node plain = Members.node(name);
        return new Node(plain.route(), plain.uri(), plain.tagging(), plain.weight(), standing);
    }

    private void read(Order ofShopOnN1) {
        Standing standing = new Standing(Order.READY, Map.of("/shop", ofShopOnN1));
        health.configure(List.of(node("n1", standing), node("n2", Order.READY)), THRESHOLDS);
    }

    private NodeState ofShopOnN1() {
        return states.nodes("/shop/cart").named(new Route("n1")).orElseThrow().state();
    }

    private void read(Order ofN1, Order ofN2) {
        health.configure(List.of(node("n1", ofN1), node("n2", ofN2)), THRESHOLDS);
    }

    private void order(String node, Order order) {
        assertThat(states.order(new Ordered(new Route(node), "", order, DEADLINE)))
                .isTrue();
    }

    private NodeState state(String name) {
        return states.nodes().named(new Route(name)).orElseThrow().state();
    }

    @Test
    void aNodeBeginsInTheStateOfTheSettings() {
        assertThat(state("n1")).isEqualTo(NodeState.READY);
        assertThat(state("n2")).isEqualTo(NodeState.MAINTENANCE);
        assertThat(states.nodes("/shop").named(new Route("n2")).orElseThrow().state())
                .isEqualTo(NodeState.MAINTENANCE);
    }

    @Test
    void settingsThatAreReadAgainChangeIt() {
        read(Order.DRAINING, Order.READY);

        assertThat(state("n1")).isEqualTo(NodeState.DRAINING);
        assertThat(state("n2")).isEqualTo(NodeState.READY);
    }

    @Test
    void anOrderBeatsTheSettingsUntilReadyIsOrdered() {
        order("n2", Order.DRAINING);
        assertThat(state("n2")).isEqualTo(NodeState.DRAINING);
        read(Order.READY, Order.MAINTENANCE);
        assertThat(state("n2")).isEqualTo(NodeState.DRAINING);

        order("n2", Order.READY);
        assertThat(state("n2")).isEqualTo(NodeState.MAINTENANCE);
        assertThat(states.orders()).isEmpty();
    }

    @Test
    void aNodeThatDrainsByTheSettingsDrainsToItsEnd() {
        read(Order.DRAINING, Order.READY);
        Node n1 = node("n1", Order.DRAINING);
        for (int probes = 0; probes < 2; probes++) {
            health.hear(n1, new ProbeAnswer.Well(false, NodeReport.of(0, 0, false, 0)));
        }
        assertThat(state("n1")).isEqualTo(NodeState.DRAINED);

        read(Order.READY, Order.READY);
        assertThat(state("n1")).isEqualTo(NodeState.READY);
    }

    @Test
    void aDrainThatTheSettingsBeginAnewHasAllItsTimeAgain() {
        Duration most = DEADLINE.minusSeconds(1);
        read(Order.DRAINING, Order.READY);
        clock.pass(most);
        read(Order.MAINTENANCE, Order.READY);
        read(Order.DRAINING, Order.READY);
        clock.pass(most);
        read(Order.DRAINING, Order.READY);
        assertThat(state("n1")).isEqualTo(NodeState.DRAINING);

        clock.pass(most);
        read(Order.DRAINING, Order.READY);
        assertThat(state("n1")).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void theSettingsMayNameAStateForAContextPathAlone() {
        read(Order.MAINTENANCE);
        assertThat(ofShopOnN1()).isEqualTo(NodeState.MAINTENANCE);
        assertThat(state("n1")).isEqualTo(NodeState.READY);
        assertThat(states.nodes("/desk").named(new Route("n1")).orElseThrow().state())
                .isEqualTo(NodeState.READY);
        read(Order.READY);
        assertThat(ofShopOnN1()).isEqualTo(NodeState.READY);
    }

    @Test
    void aProxyBeginsWithTheStatesOfContextPaths() {
        Node n1 = node("n1", new Standing(Order.READY, Map.of("/shop", Order.MAINTENANCE)));
        NodeStates begun = new NodeStates(new NodeHealth(List.of(n1), THRESHOLDS), new DrainRules(DEADLINE, ""), clock);
        assertThat(begun.nodes("/shop").named(n1.route()).orElseThrow().state()).isEqualTo(NodeState.MAINTENANCE);
    }

    @Test
    void anOrderForAContextPathBeatsTheSettingsUntilReadyIsOrdered() {
        read(Order.MAINTENANCE);
        states.order(new Ordered(new Route("n1"), "/shop", Order.DRAINING, DEADLINE));
        assertThat(ofShopOnN1()).isEqualTo(NodeState.DRAINING);
        states.order(new Ordered(new Route("n1"), "/shop", Order.READY, DEADLINE));
        assertThat(ofShopOnN1()).isEqualTo(NodeState.MAINTENANCE);
    }

    @Test
    void aContextPathThatDrainsByTheSettingsDrainsToItsEndAndAnewWhenTheyBeginAnew() {
        read(Order.DRAINING);
        assertThat(ofShopOnN1()).isEqualTo(NodeState.DRAINING);
        clock.pass(DEADLINE.plusSeconds(1));
        read(Order.DRAINING);
        assertThat(ofShopOnN1()).isEqualTo(NodeState.DRAINED);
        assertThat(state("n1")).isEqualTo(NodeState.READY);

        read(Order.READY);
        read(Order.DRAINING);
        assertThat(ofShopOnN1()).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void anOrderOfAnotherProxyHoldsForANodeThatIsFoundLater() {
        states.take(List.of(new StampedOrder(
                new Ordered(new Route("n3"), "", Order.MAINTENANCE, DEADLINE), new Stamp(1, "another"))));
        health.configure(List.of(node("n1", Order.READY), node("n3", Order.READY)), THRESHOLDS);
        Node n3 = node("n3", Order.READY);
        for (int probes = 0; probes < 2; probes++) {
            health.hear(n3, new ProbeAnswer.Well(false, NodeReport.of(0, 0, false, 0)));
        }

        assertThat(state("n3")).isEqualTo(NodeState.MAINTENANCE);
    }

    @Test
    void theStateOfAContextPathIsNotThatOfAnApplicationBelowIt() {
        read(Order.MAINTENANCE);
        NodeReport told = NodeReport.of(0, 0, false, 0)
                .with(List.of(
                        new ApplicationReport("/shop", 0, 1, 0, false),
                        new ApplicationReport("/shop/desk", 0, 1, 0, false)));
        health.hear(Members.node("n1"), new ProbeAnswer.Well(false, told));

        assertThat(ofShopOnN1()).isEqualTo(NodeState.MAINTENANCE);
        assertThat(states.nodes("/shop/desk/1")
                        .named(new Route("n1"))
                        .orElseThrow()
                        .state())
                .isEqualTo(NodeState.READY);
    }
}
