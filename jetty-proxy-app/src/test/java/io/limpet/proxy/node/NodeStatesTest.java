package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStatesTest {

    private static final Duration DEADLINE = Duration.ofMinutes(30);
    private static final Route N1 = new Route("n1");

    private final Node n1 = Members.node("n1");
    private final Node n2 = Members.node("n2");
    private final NodeHealth health = new NodeHealth(List.of(n1, n2), new Thresholds(2, 3));
    private final List<String> watched = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final NodeStates states = new NodeStates(health, new DrainRules(DEADLINE, "/shop"), new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    private void order(Order order) {
        order(order, "");
    }

    private void order(Order order, String context) {
        assertThat(states.order(new Ordered(N1, context, order, DEADLINE))).isTrue();
    }

    private void tells(long sessions, long inFlight, boolean replicated) {
        health.hear(n1, new ProbeAnswer.Well(false, NodeReport.of(sessions, inFlight, replicated, 0)));
    }

    private NodeState state() {
        return states.nodes().named(N1).orElseThrow().state();
    }

    private NodeState state(String path) {
        return states.nodes(path).named(N1).orElseThrow().state();
    }

    private Choice choose(String path) {
        Presented session = new Presented(List.of("4F2A.n1"), List.of());
        return new NodeChooser(new PlainRoutes()).choose(session, states.nodes(path), List.of());
    }

    @Test
    void withoutFailoverADrainingNodeKeepsItsSessionsUntilTheLastHasEnded() {
        tells(2, 0, false);
        order(Order.DRAINING);
        assertThat(choose("/")).isInstanceOf(Choice.Owner.class);

        tells(1, 0, false);
        tells(1, 0, false);
        assertThat(choose("/")).isInstanceOf(Choice.Owner.class);

        tells(0, 0, false);
        assertThat(state()).isEqualTo(NodeState.DRAINED);
        assertThat(choose("/")).isInstanceOf(Choice.Takeover.class);
    }

    @Test
    void theAnswerToAProbeThatWasUnderWayWhenTheDrainBeganDoesNotEndIt() {
        order(Order.DRAINING);
        tells(0, 0, false);
        assertThat(state()).isEqualTo(NodeState.DRAINING);

        tells(0, 0, false);
        assertThat(state()).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void aNodeWithARequestUnderWayHasNotDrained() {
        order(Order.DRAINING);
        tells(0, 1, false);
        tells(0, 1, false);
        assertThat(state()).isEqualTo(NodeState.DRAINING);

        health.nodes().named(N1).orElseThrow().inFlight().enter();
        tells(0, 0, false);
        assertThat(state()).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void withFailoverEachSessionMovesAtItsNextRequest() {
        tells(2, 1, true);
        order(Order.DRAINING);

        assertThat(state()).isEqualTo(NodeState.MOVING);
        assertThat(choose("/")).isInstanceOf(Choice.Takeover.class);
    }

    @Test
    void aNodeWhoseFailoverIsNotWellKeepsItsSessions() {
        tells(2, 1, true);
        order(Order.DRAINING);
        tells(2, 1, false);

        assertThat(choose("/")).isInstanceOf(Choice.Owner.class);
    }

    @Test
    void atTheDeadlineADrainIsOver() {
        tells(2, 1, false);
        order(Order.DRAINING);
        now = now.plus(DEADLINE).minusMillis(1);
        tells(2, 1, false);
        assertThat(state()).isEqualTo(NodeState.DRAINING);

        now = now.plusMillis(1);
        tells(2, 1, false);
        assertThat(state()).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void aLostSessionIsRejectedWhereTheSettingsSaySoUnlessOtherNodesHaveIt() {
        tells(2, 0, false);
        order(Order.MAINTENANCE);
        Choice lost = choose("/");
        assertThat(LostOwner.REDISTRIBUTE.judge(lost, states.nodes(), "/")).isSameAs(lost);
        assertThat(LostOwner.REJECT.judge(lost, states.nodes(), "/")).isInstanceOf(Choice.Nobody.class);

        tells(2, 0, true);
        assertThat(LostOwner.REJECT.judge(lost, states.nodes(), "/")).isSameAs(lost);
    }

    @Test
    void aNodeInMaintenanceGetsNothingEvenWhenNoOtherIsLeft() {
        order(Order.MAINTENANCE);
        states.order(new Ordered(n2.route(), "", Order.MAINTENANCE, DEADLINE));

        assertThat(choose("/")).isInstanceOf(Choice.Nobody.class);
    }

    @Test
    void whenNoOtherNodeIsLeftADrainedOneServes() {
        order(Order.DRAINING);
        tells(0, 0, true);
        tells(0, 0, true);
        states.order(new Ordered(n2.route(), "", Order.MAINTENANCE, DEADLINE));

        assertThat(choose("/")).isInstanceOf(Choice.Owner.class);
    }

    @Test
    void anOrderForAContextPathIsNoOrderForOthers() {
        order(Order.MAINTENANCE, "/shop");

        assertThat(state("/shop")).isEqualTo(NodeState.MAINTENANCE);
        assertThat(state("/shop/cart")).isEqualTo(NodeState.MAINTENANCE);
        assertThat(state("/shopping")).isEqualTo(NodeState.READY);
        assertThat(state("/")).isEqualTo(NodeState.READY);
        assertThat(state()).isEqualTo(NodeState.READY);
    }

    @Test
    void whatANodeTellsOfOneContextEndsNoDrainOfAnother() {
        order(Order.DRAINING, "/shop");
        order(Order.DRAINING, "/forum");
        tells(0, 0, false);
        tells(0, 0, false);

        assertThat(state("/shop")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/forum")).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void aNodeThatIsDownStaysDownWhateverIsOrdered() {
        health.hear(n1, new ProbeAnswer.Refused("connection refused"));
        order(Order.DRAINING);
        assertThat(state()).isEqualTo(NodeState.DOWN);

        order(Order.READY);
        assertThat(state()).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aNodeDrainsByItsOwnWordToo() {
        for (int i = 0; i < 3; i++) {
            health.hear(n1, new ProbeAnswer.Well(true, NodeReport.of(5, 0, true, 0)));
        }
        assertThat(state()).isEqualTo(NodeState.DRAINED);

        tells(5, 0, true);
        assertThat(state()).isEqualTo(NodeState.READY);
    }

    @Test
    void whatChangesIsTold() {
        states.watchedBy(new NodeWatcher() {
            @Override
            public void flipped(Node node, Condition before, Condition after) {
                watched.add(node + " " + before.state() + " " + after.state());
            }

            @Override
            public void ordered(Ordered ordered) {
                watched.add(ordered.node() + " is to be " + ordered.order());
            }
        });
        order(Order.MAINTENANCE);
        tells(1, 1, false);
        order(Order.READY);

        assertThat(watched)
                .containsExactly(
                        "n1 is to be maintenance", "n1 ready maintenance", "n1 is to be ready", "n1 maintenance ready");
    }

    @Test
    void aNodeThatIsNotThereTakesNoOrder() {
        assertThat(states.order(new Ordered(new Route("n9"), "", Order.DRAINING, DEADLINE)))
                .isFalse();
    }
}
