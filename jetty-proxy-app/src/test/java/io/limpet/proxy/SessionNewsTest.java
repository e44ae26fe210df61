package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.ProbeAnswer;
import io.limpet.proxy.node.SessionId;
import io.limpet.proxy.node.Thresholds;
import io.limpet.route.Route;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/** Nodes n1 and n2 have told of ten sessions each, and answer requests since. */
class SessionNewsTest {

    private final Nodes nodes = Nodes.startingWith(List.of(node("n1", 1), node("n2", 2)))
            .with(new Route("n1"), NodeReport.of(10, 0, true, 0))
            .with(new Route("n2"), NodeReport.of(10, 0, true, 0));
    private final Nodes.Member n1 = member("n1");
    private final Nodes.Member n2 = member("n2");

    private static Node node(String name, int number) {
        return new Node(new Route(name), URI.create("http://127.0.0." + number + ":8080"));
    }

    private Nodes.Member member(String name) {
        return nodes.named(new Route(name)).orElseThrow();
    }

    private void hear(Choice.Served choice, String... words) {
        HttpFields.Mutable fields = HttpFields.build();
        for (String word : words) {
            fields.add("Limpet-Session", word);
        }
        SessionNews.hear(choice, fields, nodes);
    }

    @Test
    void aSessionThatBeginsCountsFromTheChoiceOfItsNodeOn() {
        n1.share().took(); // as the chooser does
        hear(new Choice.Fresh(n1, SessionId.NONE), "new");
        assertThat(n1.sessions()).isEqualTo(11);
    }

    @Test
    void aRequestThatBeginsNoSessionCountsForNone() {
        n1.share().took();
        hear(new Choice.Fresh(n1, SessionId.NONE));
        assertThat(n1.sessions()).isEqualTo(10);
    }

    @Test
    void aSessionThatEndsIsNotWaitedForUntilTheNextProbe() {
        hear(new Choice.Owner(n1, SessionId.NONE), "ended");
        assertThat(n1.sessions()).isEqualTo(9);
    }

    @Test
    void anAdoptedSessionLeavesTheNodeItCameFrom() {
        hear(new Choice.Takeover(n2, SessionId.NONE, new Route("n1")), "adopted");
        assertThat(n1.sessions()).isEqualTo(9);
        assertThat(n2.sessions()).isEqualTo(11);
    }

    @Test
    void aSessionThatWasCountedWhenItsNodeLetItGoIsNotCountedAgain() {
        hear(new Choice.Rebalanced(n2, SessionId.NONE, new Route("n1")), "adopted");
        assertThat(n2.sessions()).isEqualTo(10);
    }

    private static ApplicationReport application(String context, long sessions, long sequence) {
        return new ApplicationReport(context, sessions, sequence, 0, true);
    }

    private NodeHealth probed(ApplicationReport... applications) {
        NodeHealth health = new NodeHealth(List.of(n1.node()), new Thresholds(1, 1));
        health.hear(
                n1.node(),
                new ProbeAnswer.Well(false, NodeReport.of(5, 0, true, 0).with(List.of(applications))));
        return health;
    }

    private static Choice.Served owner(NodeHealth health) {
        return new Choice.Owner(health.nodes().named(new Route("n1")).orElseThrow(), SessionId.NONE);
    }

    @Test
    void theNumberThatAnAnswerTellsHolds() {
        Choice.Served at = owner(probed(application("/shop", 5, 100)));
        assertThat(at.member().sessions()).isEqualTo(5);
        at.member().share().took(); // it was chosen for a new one, which then was none
        hear(at, "kept; live=9; seq=101; context=/shop");
        assertThat(at.member().sessions()).isEqualTo(9);
    }

    @Test
    void ofTwoNumbersTheLaterOneHoldsWhicheverComesFirst() {
        NodeHealth health = probed(application("/shop", 5, 100));
        Choice.Served at = owner(health);
        hear(at, "ended; live=3; seq=103; context=/shop");
        hear(at, "new; live=4; seq=102; context=/shop");
        assertThat(at.member().sessions()).isEqualTo(3);

        health.hear(
                n1.node(),
                new ProbeAnswer.Well(false, NodeReport.of(4, 0, true, 0).with(List.of(application("/shop", 4, 102)))));
        assertThat(at.member().sessions()).isEqualTo(3);
    }

    @Test
    void aNodeThatWasDownIsBelievedWhateverItToldBefore() {
        NodeHealth health = probed(application("/shop", 5, 100));
        health.hear(n1.node(), new ProbeAnswer.Refused("it was stopped"));
        health.hear(
                n1.node(),
                new ProbeAnswer.Well(false, NodeReport.of(1, 0, true, 0).with(List.of(application("/shop", 1, 7)))));
        assertThat(owner(health).member().sessions()).isEqualTo(1);
    }

    @Test
    void eachApplicationHasItsOwnNumber() {
        Nodes.Member at = owner(probed(application("/shop", 5, 100), application("", 7, 200)))
                .member();
        hear(new Choice.Owner(at, SessionId.NONE), "kept; live=8; seq=201; context=");
        assertThat(at.sessions("/shop")).isEqualTo(5);
        assertThat(at.sessions("")).isEqualTo(8);
        assertThat(at.sessions()).isEqualTo(13);
    }

    @Test
    void anApplicationThatTheStatusDoesNotTellOfIsNotCountedByItsAnswers() {
        Choice.Served at = owner(probed(application("/shop", 5, 100)));
        hear(at, "kept; live=8; seq=1; context=/gone");
        assertThat(at.member().sessions()).isEqualTo(5);
        hear(at, "kept; live=9999999999999999999; seq=1; context=/shop");
        hear(at, "kept; live=; seq=; context=");
        assertThat(at.member().sessions()).isEqualTo(5);
    }

    @Test
    void anAnswerThatSaysNothingOrNonsenseChangesNothing() {
        hear(new Choice.Owner(n1, SessionId.NONE));
        hear(new Choice.Owner(n1, SessionId.NONE), "lots");
        assertThat(n1.sessions()).isEqualTo(10);
    }
}
