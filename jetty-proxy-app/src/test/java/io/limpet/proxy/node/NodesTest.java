package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.limpet.route.Route;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodesTest {

    private static final Route N1 = new Route("n1");

    @Test
    void aSnapshotDoesNotChange() {
        Nodes before = Members.ready("n1", "n2");
        Nodes after = Members.down(before, "n1");

        assertThat(before.named(N1).orElseThrow().state()).isEqualTo(NodeState.READY);
        assertThat(after.named(N1).orElseThrow().state()).isEqualTo(NodeState.DOWN);
    }

    @Test
    void requestsInFlightAreCountedAcrossSnapshots() {
        Nodes before = Members.ready("n1");
        InFlight inFlight = before.named(N1).orElseThrow().inFlight();
        inFlight.enter();
        Nodes after = Members.down(before, "n1");
        inFlight.enter();
        after.named(N1).orElseThrow().inFlight().leave();

        assertThat(inFlight.count()).isEqualTo(1);
    }

    @Test
    void aNameThatNoNodeHasIsNotFoundAndChangesNothing() {
        Nodes nodes = Members.ready("n1");

        assertThat(nodes.named(new Route("n2"))).isEmpty();
        assertThat(nodes.with(new Route("n2"), Condition.DRAINING)).isSameAs(nodes);
    }

    @Test
    void itTellsEveryNodeWithStateAndReason() {
        Nodes nodes = Members.down(Members.ready("a", "b"), "b");

        assertThat(nodes).hasToString("a ready, b down (connection refused)");
        assertThat(nodes.describeUp()).isEqualTo("a");
        assertThat(Members.down(nodes, "a").describeUp()).isEqualTo("none");
    }

    @Test
    void twoNodesOfOneNameAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Members.ready("n1", "n1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h:1",
                "http://h",
                "http:h",
                "http://h:1/",
                "http://h:1/shop",
                "http://h:1?q",
                "http://u@h:1",
                "h:1",
                "http://h:1#f"
            })
    void aNodeIsAtHostAndPortAndNothingElse(String uri) {
        URI wrong = URI.create(uri);
        assertThatIllegalArgumentException().isThrownBy(() -> new Node(N1, wrong));
    }
}
