package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private final Nodes nodes = Members.ready("n1", "n2")
            .with(new Route("n1"), NodeReport.of(40, 0, true, 0))
            .with(new Route("n2"), NodeReport.of(2, 0, true, 0));

    private Explanation explain(Optional<Nodes.Member> better) {
        return explain("4F2A.n1", nodes, choice -> choice, better);
    }

    private static Explanation explain(
            String session, Nodes nodes, UnaryOperator<Choice> judged, Optional<Nodes.Member> better) {
        PlainRoutes routes = new PlainRoutes();
        return Explanation.of(session, routes, nodes, new NodeChooser(routes), judged, owner -> better);
    }

    @Test
    void aSessionGoesToItsNode() {
        Explanation explanation = explain(Optional.empty());
        assertThat(explanation.reason()).isEqualTo(Reason.OWNER);
        assertThat(explanation.goesTo()).isEqualTo("n1");
        assertThat(explanation.why()).doesNotContain("move");
    }

    @Test
    void aSessionThatAnEmptierNodeMayGetIsSaidToMove() {
        Explanation explanation = explain(nodes.named(new Route("n2")));
        assertThat(explanation.goesTo()).isEqualTo("n1");
        assertThat(explanation.why()).contains("40 sessions there and 2 on 'n2'", "(rebalance)");
    }

    @Test
    void aSessionThatIsLostWithItsNodeIsSaidToBeRefusedWhereTheSettingsSaySo() {
        Nodes lost = Members.down(nodes.with(new Route("n1"), NodeReport.of(40, 0, false, 0)), "n1");
        Explanation explanation =
                explain("4F2A.n1", lost, choice -> LostOwner.REJECT.judge(choice, lost, "/"), Optional.empty());
        assertThat(explanation.reason()).isEqualTo(Reason.NOBODY);
        assertThat(explanation.goesTo()).isEmpty();
        assertThat(explanation.why()).contains("node 'n1' alone", "on-lost-owner is reject");
    }

    @Test
    void aSessionThatHasMovedIsSaidToGoWhereItWent() {
        Nodes.Member n2 = nodes.named(new Route("n2")).orElseThrow();
        Explanation explanation = explain(
                "4F2A.n1",
                nodes,
                choice -> new Choice.Rebalanced(n2, ((Choice.Served) choice).session(), new Route("n1")),
                Optional.empty());
        assertThat(explanation.reason()).isEqualTo(Reason.REBALANCE);
        assertThat(explanation.goesTo()).isEqualTo("n2");
        assertThat(explanation.owner()).isEqualTo("n1");
        assertThat(explanation.why()).contains("it has moved to 'n2'");
    }

    @Test
    void whereNoNodeIsLeftASessionOfNoneGoesNowhere() {
        Nodes out = Members.with(nodes, Condition.maintenance("the operator has taken it out"), "n1", "n2");
        assertThat(explain("4F2A.n9", out, choice -> choice, Optional.empty()).reason())
                .isEqualTo(Reason.NOBODY);
    }
}
