package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Node n1 has the applications /shop, which is probed, and /desk. */
class WholeNodeDrainTest {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Route N1 = new Route("n1");

    private final Node n1 = Members.node("n1");
    private final NodeHealth health = new NodeHealth(List.of(n1, Members.node("n2")), new Thresholds(2, 3));
    private final NodeStates states =
            new NodeStates(health, new DrainRules(DEADLINE, "/shop"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private long sequence;

    private void order(String context) {
        assertThat(states.order(new Ordered(N1, context, Order.DRAINING, DEADLINE)))
                .isTrue();
    }

    private ApplicationReport shop(long sessions, boolean replicated) {
        return new ApplicationReport("/shop", sessions, ++sequence, 0, replicated);
    }

    private ApplicationReport desk(long sessions, long inFlight) {
        return new ApplicationReport("/desk", sessions, ++sequence, inFlight, false);
    }

    private void tells(ApplicationReport shop, ApplicationReport... others) {
        NodeReport probed = NodeReport.of(shop.sessions(), shop.inFlight(), shop.replicated(), 0);
        List<ApplicationReport> all = new ArrayList<>(List.of(others));
        all.add(0, shop);
        for (int i = 0; i < 2; i++) { // the first may be from before the drain
            health.hear(n1, new ProbeAnswer.Well(false, probed.with(all)));
        }
    }

    private NodeState state(String path) {
        return states.nodes(path).named(N1).orElseThrow().state();
    }

    @Test
    void aNodeHasDrainedWhenTheLastOfItsApplicationsHas() {
        order("");
        tells(shop(0, false), desk(1, 0));
        assertThat(state("/")).isEqualTo(NodeState.DRAINING);
        tells(shop(0, false), desk(0, 1));
        assertThat(state("/")).isEqualTo(NodeState.DRAINING);
        tells(shop(0, false), desk(0, 0));
        assertThat(state("/")).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void sessionsThatOtherNodesHaveStayUntilThoseOfTheOtherApplicationHaveEnded() {
        order("");
        tells(shop(4, true), desk(1, 0));
        assertThat(state("/")).isEqualTo(NodeState.DRAINING);
        health.nodes().named(N1).orElseThrow().inFlight().enter();
        tells(shop(4, true), desk(0, 0));
        assertThat(state("/")).isEqualTo(NodeState.MOVING);
    }

    @Test
    void theDrainOfAnyContextEndsWhenItsApplicationIsEmpty() {
        order("/desk");
        tells(shop(4, false), desk(1, 0));
        assertThat(state("/desk/cart")).isEqualTo(NodeState.DRAINING);
        tells(shop(4, false), desk(0, 0));
        assertThat(state("/desk/cart")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/shop/cart")).isEqualTo(NodeState.READY);
    }

    @Test
    void theDrainOfAContextDoesNotWaitForRequestsOfOthers() {
        health.nodes().named(N1).orElseThrow().inFlight().enter();
        order("/desk");
        tells(shop(4, false), desk(0, 1));
        assertThat(state("/desk")).isEqualTo(NodeState.DRAINING);
        tells(shop(4, false), desk(0, 0));
        assertThat(state("/desk")).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void theDrainOfAContextThatTheNodeDoesNotTellOfDoesNotEndWithAnothers() {
        order("/files");
        tells(shop(0, false), desk(0, 0));
        assertThat(state("/files/a")).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void liveSessionsAreThoseOfAllApplications() {
        tells(shop(4, true), desk(3, 0));
        assertThat(states.nodes().named(N1).orElseThrow().sessions()).isEqualTo(7);
    }
}
