package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Node n1 is lost, and {@code on-lost-owner} is {@code reject}. */
class LostOwnerTest {

    private static final NodeReport ALONE = NodeReport.of(1, 0, false, 0);
    private static final NodeReport REPLICATED = NodeReport.of(1, 0, true, 0);

    private final Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n1");

    private static boolean isServed(Nodes nodes, String path) {
        Presented session = new Presented(List.of("4F2A.n1"), List.of());
        Choice lost = new NodeChooser(new PlainRoutes()).choose(session, nodes, List.of());
        return LostOwner.REJECT.judge(lost, nodes, path).equals(lost);
    }

    private Nodes told(String node, NodeReport report) {
        return nodes.with(new Route(node), report);
    }

    @Test
    void whatTheLostNodeToldLastIsBelievedWhateverTheOthersTell() {
        assertThat(isServed(told("n1", ALONE).with(new Route("n2"), REPLICATED), "/"))
                .isFalse();
        assertThat(isServed(told("n1", REPLICATED).with(new Route("n2"), ALONE), "/"))
                .isTrue();
    }

    @Test
    void aNodeThatTheProxyHasNeverHeardIsTakenForOneLikeTheOthers() {
        assertThat(isServed(told("n2", REPLICATED), "/")).isTrue();
        assertThat(isServed(told("n2", ALONE), "/")).isFalse();
        assertThat(isServed(nodes, "/")).isFalse();
    }

    @Test
    void theOnlyOtherNodeHasTheSessionsThoughItIsDegradedWithoutTheLostOne() {
        assertThat(isServed(told("n2", NodeReport.of(1, 0, Failover.DEGRADED, 0)), "/"))
                .isTrue();
    }

    @Test
    void eachApplicationIsJudgedByWhatIsToldOfIt() {
        Nodes both = told(
                "n1",
                REPLICATED.with(List.of(
                        new ApplicationReport("/shop", 1, 1, 0, true),
                        new ApplicationReport("/shop/desk", 1, 1, 0, false))));
        assertThat(isServed(both, "/shop/cart")).isTrue();
        assertThat(isServed(both, "/shop/desk/1")).isFalse();
        assertThat(isServed(both, "/forum")).isFalse();
    }

    @Test
    void whatStillNamesANodeThatHasDrainedWithNothingLeftIsServedElsewhereAlsoWhenTheNodeIsGone() {
        Nodes alone = told("n1", ALONE);
        alone.named(new Route("n1")).orElseThrow().share().emptied(Set.of("/shop"));
        Nodes removed = alone.replacedBy(List.of(Members.node("n2"), Members.node("n3")));
        assertThat(isServed(alone, "/shop/cart")).isTrue();
        assertThat(isServed(removed, "/shop/cart")).isTrue();
        assertThat(isServed(alone, "/forum")).isFalse();
        assertThat(isServed(removed, "/forum")).isFalse();
    }

    @Test
    void anApplicationThatWasDestroyedOnItsNodeIsJudgedByWhatTheOthersTellOfIt() {
        ApplicationReport root = new ApplicationReport("", 1, 1, 0, false);
        Nodes without = told("n1", ALONE.with(List.of(root)));
        assertThat(isServed(
                        without.with(
                                new Route("n2"),
                                ALONE.with(List.of(root, new ApplicationReport("/shop", 1, 1, 0, true)))),
                        "/shop/cart"))
                .isTrue();
        assertThat(isServed(
                        without.with(
                                new Route("n2"),
                                REPLICATED.with(List.of(root, new ApplicationReport("/shop", 1, 1, 0, false)))),
                        "/shop/cart"))
                .isFalse();
        assertThat(isServed(without, "/forum")).isFalse();
    }

    @Test
    void thatAnApplicationHasDrainedSaysNothingOfOneBelowIt() {
        Nodes drained = told(
                "n1",
                ALONE.with(List.of(
                        new ApplicationReport("/shop", 0, 1, 0, false),
                        new ApplicationReport("/shop/desk", 1, 1, 0, false))));
        Share share = drained.named(new Route("n1")).orElseThrow().share();
        share.emptied(Set.of("/shop"));
        assertThat(isServed(drained, "/shop/cart")).isTrue();
        assertThat(isServed(drained, "/shop/desk/1")).isFalse();
        share.emptied(Set.of(""));
        assertThat(isServed(drained, "/shop/desk/1")).isTrue();
    }
}
