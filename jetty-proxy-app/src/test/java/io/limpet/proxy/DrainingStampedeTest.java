package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.ForgedRoutes;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Presented;
import io.limpet.route.PlainRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node is to be left, and all its sessions come at once. */
class DrainingStampedeTest {

    private static final String STATUS = "/app/limpet/status";

    /** One takeover now, and the next one in nearly a second. */
    private static GivenSettings oneAtATime() {
        return new GivenSettings().add(Setting.TAKEOVER_RATE, "1", "").add(Setting.TAKEOVER_WAIT, "1ms", "");
    }

    private static GivenSettings probed(GivenSettings given, String interval) {
        return given.add(Setting.HEALTH_PATH, STATUS, "").add(Setting.HEALTH_INTERVAL, interval, "");
    }

    private static SocketNode node(String name, int inFlight) {
        String status = "{\"node\":\"" + name + "\",\"state\":\"ready\",\"sessions\":9,\"inFlight\":" + inFlight
                + ",\"failover\":\"healthy\"}";
        return SocketNode.telling(name, STATUS, status);
    }

    @ParameterizedTest
    @CsvSource({"1,MOVING", "0,DRAINED"})
    void aDrainedNodeThatIsStillThereServesThoseWhoseTurnToMoveIsNotYet(int inFlight, NodeState state) {
        try (SocketNode n1 = node("n1", inFlight);
                SocketNode n2 = node("n2", 0);
                TestProxy proxy = TestProxy.given(probed(oneAtATime(), "20ms"), n1.node(), n2.node())) {
            proxy.drain(n1.node());
            await().until(() -> proxy.state(n1.node()) == state);

            List<RawResponse> answers = IntStream.range(0, 10)
                    .mapToObj(i -> proxy.get("/app/", "Cookie: JSESSIONID=session" + i + ".n1"))
                    .toList();

            assertThat(answers).extracting(RawResponse::status).containsOnly(200);
            assertThat(answers).extracting(RawResponse::servedBy).contains("n1", "n2");
            assertThat(proxy.takeovers().refused()).isZero();
        }
    }

    @Test
    void requestsOfOneSessionThatBeginsToMoveGoTheSameWay() {
        try (SocketNode n1 = node("n1", 1);
                SocketNode n2 = node("n2", 0);
                TestProxy proxy = TestProxy.given(probed(oneAtATime(), "20ms"), n1.node(), n2.node())) {
            proxy.drain(n1.node());
            await().until(() -> proxy.state(n1.node()) == NodeState.MOVING);

            assertThat(IntStream.range(0, 5)
                            .mapToObj(i -> proxy.get("/app/", "Cookie: JSESSIONID=session.n1")
                                    .servedBy()))
                    .containsOnly("n2");
        }
    }

    /** Sessions of the first node that the second one takes over while it is ready. */
    private static List<String> sessionsFor(SocketNode taker, SocketNode... all) {
        Balance any = members -> members.get(0);
        NodeChooser chooser = new NodeChooser(new PlainRoutes(), any, new ForgedRoutes());
        Nodes nodes = Nodes.startingWith(
                        List.of(all).stream().map(SocketNode::node).toList())
                .with(all[0].node().route(), Condition.down("it is gone"));
        List<String> found = new ArrayList<>();
        for (int i = 0; found.size() < 2; i++) {
            String session = "session" + i + "." + all[0].node();
            Choice choice = chooser.choose(new Presented(List.of(session), List.of()), nodes, List.of());
            if (choice instanceof Choice.Takeover takeover && takeover.node().equals(taker.node())) {
                found.add("Cookie: JSESSIONID=" + session);
            }
        }
        return found;
    }

    /** On a busy machine the next turn can come before the second request does; then all is tried once more. */
    @Test
    void aTurnAtANodeThatIsGoneIsNoneAtTheNext() {
        await().untilAsserted(() -> assertThat(statusesOfTwoWithOneTurn()).containsExactly(200, 503));
    }

    @SuppressWarnings("try") // to close them early is what kills the nodes
    private static List<Integer> statusesOfTwoWithOneTurn() {
        try (SocketNode n1 = node("n1", 0);
                SocketNode n2 = node("n2", 0);
                SocketNode n3 = node("n3", 0);
                TestProxy proxy = TestProxy.given(probed(oneAtATime(), "10s"), n1.node(), n2.node(), n3.node())) {
            await().until(() ->
                    List.of(n1, n2, n3).stream().noneMatch(node -> node.heads().isEmpty()));
            String first = sessionsFor(n3, n1, n2, n3).get(0);
            String second = sessionsFor(n2, n1, n2, n3).get(0);
            n1.close();
            n2.close();

            return List.of(
                    proxy.get("/", first).status(), proxy.get("/", second).status());
        }
    }
}
