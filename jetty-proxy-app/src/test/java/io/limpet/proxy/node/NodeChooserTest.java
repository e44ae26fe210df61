package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeChooserTest {

    private static final Condition MAINTENANCE = new Condition(NodeState.MAINTENANCE, "by the operator", false);

    private final NodeChooser chooser = new NodeChooser(new PlainRoutes());

    private static Presented cookies(String... values) {
        return new Presented(List.of(values), List.of());
    }

    private Choice choose(Presented presented, Nodes nodes, String... tried) {
        return chooser.choose(
                presented, nodes, List.of(tried).stream().map(Route::new).toList());
    }

    private static Choice.Served served(Choice choice) {
        assertThat(choice).isInstanceOf(Choice.Served.class);
        return (Choice.Served) choice;
    }

    @Test
    void theOwnerServesAndGetsItsOwnValue() {
        Choice.Served choice = served(choose(cookies("4F2A.n2"), Members.ready("n1", "n2")));

        assertThat(choice.reason()).isEqualTo(Reason.OWNER);
        assertThat(choice.node()).hasToString("n2");
        assertThat(choice.session()).isEqualTo(new SessionId(SessionId.Carrier.COOKIE, 0, "4F2A"));
        assertThat(choice.told()).isEqualTo("owner");
    }

    @Test
    void aDrainingOwnerKeepsItsSessions() {
        Nodes nodes = Members.with(Members.ready("n1", "n2"), Condition.DRAINING, "n2");

        assertThat(served(choose(cookies("4F2A.n2"), nodes)).node()).hasToString("n2");
    }

    @Test
    void anotherNodeTakesOverWhenTheOwnerIsDown() {
        Choice.Served choice = served(choose(cookies("4F2A.n1"), Members.down(Members.ready("n1", "n2", "n3"), "n1")));

        assertThat(choice.reason()).isEqualTo(Reason.TAKEOVER);
        assertThat(choice.node().toString()).isIn("n2", "n3");
        assertThat(choice.session().value()).isEqualTo("4F2A");
        assertThat(choice.told()).isEqualTo("takeover;from=n1");
    }

    @Test
    void anotherNodeTakesOverWhenTheOwnerWasTriedOrIsInMaintenance() {
        Nodes nodes = Members.ready("n1", "n2");

        assertThat(choose(cookies("4F2A.n1"), nodes, "n1").reason()).isEqualTo(Reason.TAKEOVER);
        assertThat(choose(cookies("4F2A.n1"), Members.with(nodes, MAINTENANCE, "n1"))
                        .reason())
                .isEqualTo(Reason.TAKEOVER);
    }

    @Test
    void theTakeoverNodeDoesNotDependOnTheOrderOfTheSettings() {
        Nodes one = Members.down(Members.ready("n1", "n2", "n3", "n4"), "n1");
        Nodes other = Members.down(Members.ready("n4", "n3", "n2", "n1"), "n1");

        for (int i = 0; i < 200; i++) {
            Presented session = cookies("session" + i + ".n1");
            assertThat(served(choose(session, one)).node())
                    .isEqualTo(served(choose(session, other)).node());
        }
    }

    @Test
    void aRouteThatNamesNoNodeIsFreshAndStaysWithTheValue() {
        Choice.Served choice = served(choose(cookies("4F2A.n9"), Members.ready("n1")));

        assertThat(choice.reason()).isEqualTo(Reason.FRESH);
        assertThat(choice.session()).isEqualTo(new SessionId(SessionId.Carrier.COOKIE, 0, "4F2A.n9"));
        assertThat(choice.told()).isEqualTo("fresh");
    }

    @Test
    void ofSeveralCookiesTheFirstWithAUsableOwnerWins() {
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n1");

        Choice.Served choice = served(choose(cookies("junk", "a.n1", "b.n2", "c.n3"), nodes));

        assertThat(choice.reason()).isEqualTo(Reason.OWNER);
        assertThat(choice.session()).isEqualTo(new SessionId(SessionId.Carrier.COOKIE, 2, "b"));
    }

    @Test
    void ofSeveralCookiesTheFirstWinsWhenNoneHasAUsableOwner() {
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n1", "n2");

        Choice.Served choice = served(choose(cookies("a.n2", "b.n1"), nodes));

        assertThat(choice.reason()).isEqualTo(Reason.TAKEOVER);
        assertThat(choice.session()).isEqualTo(new SessionId(SessionId.Carrier.COOKIE, 0, "a"));
    }

    @Test
    void aCookieBeatsTheUrl() {
        Presented both = new Presented(List.of("4F2A.n1"), List.of("5555.n2"));
        assertThat(served(choose(both, Members.ready("n1", "n2"))).node()).hasToString("n1");

        Presented url = new Presented(List.of(), List.of("5555.n2"));
        Choice.Served choice = served(choose(url, Members.ready("n1", "n2")));
        assertThat(choice.node()).hasToString("n2");
        assertThat(choice.session()).isEqualTo(new SessionId(SessionId.Carrier.PATH, 0, "5555"));
    }

    @Test
    void newSessionsAvoidDrainingAndDownNodes() {
        Nodes nodes = Members.with(Members.down(Members.ready("n1", "n2", "n3"), "n1"), Condition.DRAINING, "n2");

        for (int i = 0; i < 50; i++) {
            assertThat(served(choose(Presented.NOTHING, nodes)).node()).hasToString("n3");
        }
    }

    @Test
    void whenAllAreDownEachIsTriedOnceBeginningWithTheOwner() {
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n1", "n2", "n3");

        Choice.Served first = served(choose(cookies("4F2A.n2"), nodes));
        assertThat(first.reason()).isEqualTo(Reason.OWNER);
        assertThat(first.node()).hasToString("n2");

        Choice.Served second = served(choose(cookies("4F2A.n2"), nodes, "n2"));
        assertThat(second.reason()).isEqualTo(Reason.TAKEOVER);

        Choice.Served third =
                served(choose(cookies("4F2A.n2"), nodes, "n2", second.node().toString()));
        assertThat(third.node()).isNotEqualTo(second.node());

        Choice last = choose(cookies("4F2A.n2"), nodes, "n1", "n2", "n3");
        assertThat(last.reason()).isEqualTo(Reason.NOBODY);
    }

    @Test
    void aReadyNodeThatRefusedIsFollowedByTheOnesThatAreDown() {
        Nodes nodes = Members.down(Members.ready("n1", "n2"), "n1");

        assertThat(served(choose(Presented.NOTHING, nodes, "n2")).node()).hasToString("n1");
    }

    @Test
    void drainingNodesTakeNewSessionsRatherThanNobody() {
        Nodes nodes = Members.with(Members.ready("n1"), Condition.DRAINING, "n1");

        assertThat(choose(Presented.NOTHING, nodes).reason()).isEqualTo(Reason.FRESH);
    }

    @Test
    void aNodeInMaintenanceOrOfAnotherNameIsNeverTried() {
        Nodes nodes = Members.with(
                Members.with(Members.ready("n1", "n2"), MAINTENANCE, "n1"),
                Condition.misnamed("says that it is n7"),
                "n2");

        Choice choice = choose(cookies("4F2A.n1"), nodes);

        assertThat(choice.reason()).isEqualTo(Reason.NOBODY);
        assertThat(((Choice.Nobody) choice).why()).contains("n1 maintenance", "n2 down (says that it is n7)");
        assertThat(choose(Presented.NOTHING, nodes).reason()).isEqualTo(Reason.NOBODY);
    }

    @Test
    void nothingThatAClientPresentsMakesItThrow() {
        Random random = new Random(5);
        Nodes nodes = Members.down(Members.ready("n1", "n2"), "n1");
        String[] parts = {"n1", "n2", ".", "..", "", " ", "\u0000", "é", "n9", "x".repeat(5000), "\""};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(5); length > 0; length--) {
                value.append(parts[random.nextInt(parts.length)]);
            }
            Choice.Served choice = served(choose(cookies(value.toString(), "b.n1"), nodes));
            assertThat(choice.node()).hasToString("n2");
        }
    }
}
