package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Node n1 has drained without failover, and {@code on-lost-owner} is {@code reject}. */
class DrainedEmptyTest {

    private static final Duration DEADLINE = Duration.ofMinutes(30);
    private static final Route N1 = new Route("n1");
    private static final ProbeAnswer REFUSED = new ProbeAnswer.Refused("connection refused");

    private final Node n1 = Members.node("n1");
    private final Node n2 = Members.node("n2");
    private final NodeHealth health = new NodeHealth(List.of(n1, n2), new Thresholds(1, 3));
    private final MovingClock clock = new MovingClock();
    private final NodeStates states = new NodeStates(health, new DrainRules(DEADLINE, "/shop"), clock);

    private void order(Order order, String context) {
        assertThat(states.order(new Ordered(N1, context, order, DEADLINE))).isTrue();
    }

    private void tells(boolean draining, long sessions) {
        for (int i = 0; i < 2; i++) { // the first may be from before the drain
            health.hear(n1, new ProbeAnswer.Well(draining, NodeReport.of(sessions, 0, false, 0)));
        }
    }

    private boolean isServed(String path) {
        Presented session = new Presented(List.of("4F2A.n1"), List.of());
        Choice choice = new NodeChooser(new PlainRoutes()).choose(session, states.nodes(path), List.of());
        return LostOwner.REJECT.judge(choice, states.nodes(path), path) instanceof Choice.Served;
    }

    @Test
    void whatStillNamesItIsServedElsewhereAlsoWhenItIsDownInMaintenanceOrRemoved() {
        order(Order.DRAINING, "");
        tells(false, 1);
        tells(false, 0);
        assertThat(states.nodes().named(N1)).get().matches(it -> it.state() == NodeState.DRAINED);
        assertThat(isServed("/shop")).isTrue();

        health.hear(n1, REFUSED);
        assertThat(isServed("/shop")).isTrue();
        order(Order.MAINTENANCE, "");
        assertThat(isServed("/shop")).isTrue();
        health.configure(List.of(n2), new Thresholds(1, 3));
        assertThat(isServed("/shop")).isTrue();
    }

    @Test
    void aNodeThatStopsBehindItsOwnDrainLosesNothing() {
        tells(true, 0); // it begins with the first of these
        tells(true, 0);
        health.hear(n1, REFUSED);
        assertThat(isServed("/shop")).isTrue();
    }

    @Test
    void atTheDeadlineASessionIsLost() {
        order(Order.DRAINING, "");
        tells(false, 1);
        clock.pass(DEADLINE);
        tells(false, 1);
        assertThat(states.nodes().named(N1)).get().matches(it -> it.state() == NodeState.DRAINED);
        assertThat(isServed("/shop")).isFalse();
        health.hear(n1, REFUSED);
        assertThat(isServed("/shop")).isFalse();
    }

    @Test
    void aDrainThatEndedInTimeHasEndedSoWhenItsDeadlinePasses() {
        order(Order.DRAINING, "");
        tells(false, 0);
        clock.pass(DEADLINE);
        tells(false, 0);
        assertThat(isServed("/shop")).isTrue();
    }

    @Test
    void aNodeThatWasReadyAgainMayHaveLostSomething() {
        order(Order.DRAINING, "");
        tells(false, 0);
        order(Order.READY, "");
        tells(false, 1);
        health.hear(n1, REFUSED);
        assertThat(isServed("/shop")).isFalse();
    }

    @Test
    void aDrainOfOneApplicationTellsNothingOfTheOthers() {
        order(Order.DRAINING, "/shop");
        tells(false, 0);
        health.hear(n1, REFUSED);
        assertThat(isServed("/shop/cart")).isTrue();
        assertThat(isServed("/forum")).isFalse();
    }

    private static NodeReport telling(String... contexts) {
        return NodeReport.of(0, 0, false, 0)
                .with(Stream.of(contexts)
                        .map(context -> new ApplicationReport(context, 0, 1, 0, false))
                        .toList());
    }

    private void tells(NodeReport report) {
        for (int i = 0; i < 2; i++) {
            health.hear(n1, new ProbeAnswer.Well(false, report.upFor(NodeReport.LONG))); // each time anew
        }
    }

    @Test
    void anApplicationThatIsUndeployedBehindItsDrainHasLostNothing() {
        health.hear(n2, new ProbeAnswer.Well(false, telling("", "/shop")));
        tells(telling("", "/shop"));
        order(Order.DRAINING, "/shop");
        tells(telling("", "/shop"));
        assertThat(states.nodes("/shop").named(N1)).get().matches(it -> it.state() == NodeState.DRAINED);
        assertThat(isServed("/shop/cart")).isTrue();

        tells(telling(""));
        assertThat(isServed("/shop/cart")).isTrue();
        health.hear(n1, REFUSED);
        assertThat(isServed("/shop/cart")).isTrue();
        assertThat(isServed("/forum")).isFalse();
    }

    @Test
    void anApplicationThatIsUndeployedDuringItsDrainHas() {
        health.hear(n2, new ProbeAnswer.Well(false, telling("", "/shop")));
        tells(NodeReport.of(1, 0, false, 0).with(List.of(new ApplicationReport("/shop", 1, 1, 0, false))));
        order(Order.DRAINING, "/shop");
        tells(telling(""));
        assertThat(isServed("/shop/cart")).isFalse();
    }
}
