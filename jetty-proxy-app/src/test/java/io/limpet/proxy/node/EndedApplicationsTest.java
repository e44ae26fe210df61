package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes n1 and n2 have the applications /shop, /shop/desk and the root's. */
class EndedApplicationsTest {

    private static final Route N1 = new Route("n1");

    private final Node n1 = Members.node("n1");
    private final Node n2 = Members.node("n2");
    private final NodeHealth health = new NodeHealth(List.of(n1, n2), new Thresholds(1, 3));
    private final NodeStates states = new NodeStates(
            health, new DrainRules(Duration.ofMinutes(5), "/shop"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @BeforeEach
    void deploy() {
        tells(n1, "", "/shop", "/shop/desk");
        tells(n2, "", "/shop", "/shop/desk");
    }

    private void tells(Node node, String... contexts) {
        List<ApplicationReport> applications = Stream.of(contexts)
                .map(context -> new ApplicationReport(context, 0, 1, 0, false))
                .toList();
        health.hear(
                node, new ProbeAnswer.Well(false, NodeReport.of(0, 0, false, 0).with(applications)));
    }

    private NodeState state(String path) {
        return states.nodes(path).named(N1).orElseThrow().state();
    }

    @Test
    void aNodeHasDrainedForAnApplicationThatItHasNoMoreAndServesTheOthers() {
        tells(n1, "", "/shop");
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/shop/cart")).isEqualTo(NodeState.READY);
        assertThat(state("/")).isEqualTo(NodeState.READY);
        assertThat(states.nodes().named(N1).orElseThrow().state()).isEqualTo(NodeState.READY);
    }

    @Test
    void theRootsApplicationMayEndTooAndTheOthersAreServed() {
        tells(n1, "/shop", "/shop/desk");
        assertThat(state("/")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/forum")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/shop/cart")).isEqualTo(NodeState.READY);
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void anApplicationThatIsBackIsServedAgain() {
        tells(n1, "", "/shop");
        tells(n1, "", "/shop", "/shop/desk");
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void aNodeThatTellsNoApplicationsAnyMoreHasEndedNone() {
        tells(n1);
        assertThat(state("/shop/cart")).isEqualTo(NodeState.READY);
    }

    @Test
    void anOrderForTheApplicationBeatsItsEnd() {
        tells(n1, "", "/shop");
        states.order(new Ordered(N1, "/shop/desk", Order.MAINTENANCE, Duration.ofMinutes(5)));
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.MAINTENANCE);
    }

    @Test
    void whenNoNodeHasItAnyMoreOneAnswersAllTheSame() {
        tells(n1, "", "/shop");
        tells(n2, "", "/shop");
        assertThat(states.nodes("/shop/desk").candidates(List.of())).hasSize(2);
    }

    @Test
    void whatNoNodeHasToldOfForLongIsForgotten() {
        EndedApplications ended = new EndedApplications("/shop");
        Instant later = Instant.EPOCH.plus(EndedApplications.REMEMBERED);
        ended.hear(health.nodes(), Instant.EPOCH);
        tells(n1, "/shop");
        ended.hear(health.nodes(), later);
        tells(n2, "/shop");
        ended.hear(health.nodes(), later);
        assertThat(ended.contexts(health.nodes())).contains("/shop/desk");

        ended.hear(health.nodes(), later.plus(EndedApplications.REMEMBERED).plusSeconds(1));
        assertThat(ended.contexts(health.nodes())).isEmpty();
    }

    @Test
    void whatOneNodeTellsOfHasEndedOnAnotherForAsLongAsThat() {
        EndedApplications ended = new EndedApplications("/shop");
        ended.hear(health.nodes(), Instant.EPOCH);
        tells(n1, "", "/shop");
        ended.hear(health.nodes(), Instant.EPOCH.plus(Duration.ofDays(9)));

        assertThat(ended.isEnded(health.nodes().named(N1).orElseThrow(), "/shop/desk"))
                .isTrue();
    }

    /** As one that begins when they are as they are. */
    private NodeStates begin() {
        return new NodeStates(health, new DrainRules(Duration.ofMinutes(5), "/shop"), Clock.systemUTC());
    }

    private static NodeState onN1(NodeStates states, String path) {
        return states.nodes(path).named(N1).orElseThrow().state();
    }

    @Test
    void whoNeverHeardOfItOnANodeGivesThatNoNewSessionsForItWhileOthersTellOfIt() {
        tells(n1, "", "/shop");
        NodeStates begun = begin();
        assertThat(onN1(begun, "/shop/desk/1")).isEqualTo(NodeState.DRAINING);
        assertThat(onN1(begun, "/shop/cart")).isEqualTo(NodeState.READY);
        assertThat(onN1(begun, "/")).isEqualTo(NodeState.READY);
        health.hear(n2, new ProbeAnswer.Refused("nobody listens"));
        assertThat(onN1(begun, "/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void whatANodeTellsThatTellsOfNoneIsNotMissed() {
        tells(n1);
        assertThat(onN1(begin(), "/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void aRootThatOthersTellOfLeavesTheOtherApplicationsAsTheyAre() {
        tells(n1, "/shop", "/shop/desk");
        NodeStates begun = begin();
        assertThat(onN1(begun, "/forum")).isEqualTo(NodeState.DRAINING);
        assertThat(onN1(begun, "/shop/cart")).isEqualTo(NodeState.READY);
    }

    @Test
    void theEndOfAnApplicationIsNotThatOfOneBelowIt() {
        tells(n1, "", "/shop/desk");
        assertThat(state("/shop/cart")).isEqualTo(NodeState.DRAINED);
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void anOrderForAContextPathIsNoneForAnApplicationBelowIt() {
        states.order(new Ordered(N1, "/shop", Order.MAINTENANCE, Duration.ofMinutes(5)));
        assertThat(state("/shop/cart")).isEqualTo(NodeState.MAINTENANCE);
        assertThat(state("/shop/desk/1")).isEqualTo(NodeState.READY);
    }

    @Test
    void whoseProbedApplicationOthersTellOfAloneHasNoneOfItsSessions() {
        tells(n1, "", "/shop/desk");
        NodeStates begun = begin();
        assertThat(onN1(begun, "/shop/cart")).isEqualTo(NodeState.DRAINED);
        assertThat(onN1(begun, "/shop/desk/1")).isEqualTo(NodeState.READY);
        begun.order(new Ordered(N1, "", Order.DRAINING, Duration.ofMinutes(5)));
        assertThat(onN1(begun, "/shop/cart")).isEqualTo(NodeState.DRAINED);
    }

    @Test
    void theNodeIsSaidToSayItWhereItsWordIsWhatHoldsAndNotWhereAnOrderIs() {
        tells(n1, "", "/shop");
        NodeStates begun = begin();
        assertThat(begun.contexts()).extracting(ContextState::origin).containsExactly(ContextState.Origin.NODE);
        begun.order(new Ordered(N1, "", Order.DRAINING, Duration.ofMinutes(5)));
        assertThat(onN1(begun, "/shop/desk/1")).isEqualTo(NodeState.DRAINING);
        assertThat(begun.contexts()).isEmpty();
    }

    @Test
    void ofANodeThatIsDownNobodySaysThatAnApplicationHasEnded() {
        tells(n1, "", "/shop");
        assertThat(states.contexts()).hasSize(1);
        health.hear(n1, new ProbeAnswer.Refused("nobody listens"));
        assertThat(states.contexts()).isEmpty();
    }
}
