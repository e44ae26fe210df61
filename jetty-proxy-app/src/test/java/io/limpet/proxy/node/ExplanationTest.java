package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private final Nodes nodes = Members.ready("n1", "n2")
            .with(new Route("n1"), NodeReport.of(40, 0, true, 0))
            .with(new Route("n2"), NodeReport.of(2, 0, true, 0));

    private Explanation explain(Optional<Nodes.Member> better) {
        PlainRoutes routes = new PlainRoutes();
        return Explanation.of("4F2A.n1", routes, nodes, new NodeChooser(routes), owner -> better);
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
}
