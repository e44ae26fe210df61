package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeStatusTest {

    private static final NodeReport NOTHING = NodeReport.of(0, 0, false, 0);

    private static final String READY = """
            {"node":"n1","state":"ready","sessions":12,"inFlight":1,"failover":"off","build":"1.0"}""";

    @Test
    void theFiltersStatusIsRead() {
        assertThat(NodeStatus.parse(READY)).contains(new NodeStatus("n1", "ready", NodeReport.of(12, 1, false, 0)));
    }

    @Test
    void aNodeMayTellForHowLongItHasBeenThere() {
        assertThat(NodeStatus.parse("{\"node\":\"n1\",\"state\":\"ready\",\"upSeconds\":7}")
                        .orElseThrow()
                        .report()
                        .upSeconds())
                .isEqualTo(7);
        assertThat(NodeStatus.parse(READY).orElseThrow().report().upSeconds()).isEqualTo(NodeReport.LONG);
    }

    @Test
    void whatALaterFilterAddsIsPassedOver() {
        assertThat(NodeStatus.parse("{\"new\":{\"a\":[1,{}]},\"state\":\"draining\",\"node\":\"n1\",\"more\":null}"))
                .contains(new NodeStatus("n1", "draining", NOTHING));
    }

    @Test
    void sessionsAreElsewhereTooWhenFailoverIsWellAndNotWhenItIsDegraded() {
        String status = "{\"node\":\"n1\",\"state\":\"ready\",\"adopted\":7,\"failover\":\"%s\"}";

        assertThat(NodeStatus.parse(status.formatted("healthy")).orElseThrow().report())
                .isEqualTo(NodeReport.of(0, 0, true, 7));
        assertThat(NodeStatus.parse(status.formatted("degraded")).orElseThrow().report())
                .isEqualTo(NodeReport.of(0, 0, Failover.DEGRADED, 7))
                .returns(false, NodeReport::replicated);
    }

    @Test
    void eachApplicationOfTheNodeIsRead() {
        String status = """
                {"node":"n1","state":"ready","sessions":2,"inFlight":0,"failover":"healthy","applications":[
                {"context":"/shop","failover":"healthy","sessions":2,"seq":1795421234567890,"inFlight":0,"more":[{}]},
                {"context":"","failover":"off","sessions":3,"seq":7,"inFlight":1}],"build":"1.0","adopted":4}""";
        assertThat(NodeStatus.parse(status).orElseThrow().report())
                .isEqualTo(NodeReport.of(2, 0, true, 4)
                        .with(List.of(
                                new ApplicationReport("/shop", 2, 1795421234567890L, 0, true),
                                new ApplicationReport("", 3, 7, 1, false))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"n1\"",
                "<html>",
                "{",
                "{\"node\":\"n1\"}",
                "{\"state\":\"ready\"}",
                "{\"node\":\"n1\",\"state\":\"ready\",\"applications\":[{\"context\":\"/shop\"",
                "{\"node\":{},\"state\":\"ready\"}",
                "{\"node\":\"n1\",\"state\":\"ready\""
            })
    void anythingElseIsNoStatus(String text) {
        assertThat(NodeStatus.parse(text)).isEmpty();
    }

    @Test
    void theStateIsTheAnswer() {
        Node n1 = Members.node("n1");

        assertThat(new NodeStatus("n1", "ready", NOTHING).answerOf(n1)).isEqualTo(new ProbeAnswer.Well(false, NOTHING));
        assertThat(new NodeStatus("n1", "draining", NOTHING).answerOf(n1))
                .isEqualTo(new ProbeAnswer.Well(true, NOTHING));
        assertThat(new NodeStatus("n1", "confused", NOTHING).answerOf(n1)).isInstanceOf(ProbeAnswer.Unwell.class);
    }

    @Test
    void anotherNameIsAMistakeInTheSettingsAndSaysWhatToWrite() {
        Node n1 = Members.node("n1");

        assertThat(new NodeStatus("n2", "ready", NOTHING).answerOf(n1))
                .isInstanceOfSatisfying(
                        ProbeAnswer.Misnamed.class,
                        misnamed -> assertThat(misnamed.why())
                                .contains("node 'n2'", "'n2=" + n1.uri() + "'", "limpet.node=n1"));
    }
}
