package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.SessionId;
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

    @Test
    void anAnswerThatSaysNothingOrNonsenseChangesNothing() {
        hear(new Choice.Owner(n1, SessionId.NONE));
        hear(new Choice.Owner(n1, SessionId.NONE), "lots");
        assertThat(n1.sessions()).isEqualTo(10);
    }
}
