package io.limpet.proxy.rebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.SessionId;
import io.limpet.route.Route;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovesTest {

    private static final Route N2 = new Route("n2");
    private static final long LATER = Moves.REMEMBERED.toNanos() + 1;

    private final Moves moves = new Moves();

    @Test
    void whoeverComesWithTheOldIdIsToldWhereTheSessionWentForAWhile() {
        moves.enter("4F2A");
        assertThat(moves.begin("4F2A", N2, 0)).isTrue();
        assertThat(moves.where("4F2A", LATER - 1)).contains(N2);
        assertThat(moves.where("4F2B", 1)).isEmpty();
        assertThat(moves.where("4F2A", LATER)).isEmpty();
    }

    @Test
    void aSessionWithAnotherRequestUnderWayStays() {
        moves.enter("4F2A");
        moves.enter("4F2A");
        assertThat(moves.begin("4F2A", N2, 0)).isFalse();
        assertThat(moves.where("4F2A", 1)).isEmpty();

        moves.leave("4F2A");
        assertThat(moves.begin("4F2A", N2, 0)).isTrue();
    }

    @Test
    void aSessionThatDidNotArriveIsForgotten() {
        moves.enter("4F2A");
        assertThat(moves.begin("4F2A", N2, 0)).isTrue();
        moves.forget("4F2A");
        assertThat(moves.where("4F2A", 1)).isEmpty();
    }

    @Test
    void itsMemoryIsBounded() {
        for (int i = 0; i < Moves.MOST; i++) {
            moves.enter("s" + i);
            assertThat(moves.begin("s" + i, N2, 0)).isTrue();
            moves.leave("s" + i);
        }
        moves.enter("one-more");
        assertThat(moves.begin("one-more", N2, 1)).isFalse();
        assertThat(moves.begin("one-more", N2, LATER)).isTrue();
    }

    @Test
    void aRequestFollowsItsSessionToANodeThatIsThereAndWasNotTried() {
        Node n1 = new Node(new Route("n1"), URI.create("http://127.0.0.1:8001"));
        Nodes nodes = Nodes.startingWith(List.of(n1, new Node(N2, URI.create("http://127.0.0.1:8002"))));
        Choice owner = new Choice.Owner(
                nodes.named(n1.route()).orElseThrow(), new SessionId(SessionId.Carrier.COOKIE, 0, "4F2A"));
        assertThat(moves.followed(owner, nodes, List.of(), 0)).isEqualTo(owner);

        moves.enter("4F2A");
        assertThat(moves.begin("4F2A", N2, 0)).isTrue();

        assertThat(moves.followed(owner, nodes, List.of(), 1))
                .isInstanceOfSatisfying(
                        Choice.Rebalanced.class,
                        it -> assertThat(it.node().route()).isEqualTo(N2));
        assertThat(moves.followed(owner, nodes, List.of(N2), 1)).isEqualTo(owner);
        assertThat(moves.followed(owner, nodes.with(N2, Condition.down("gone")), List.of(), 1))
                .isEqualTo(owner);
    }
}
