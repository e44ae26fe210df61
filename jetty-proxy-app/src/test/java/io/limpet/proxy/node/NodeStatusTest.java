package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeStatusTest {

    private static final String READY = """
            {"node":"n1","state":"ready","sessions":12,"inFlight":1,"failover":"off","build":"1.0"}""";

    @Test
    void theFiltersStatusIsRead() {
        assertThat(NodeStatus.parse(READY)).contains(new NodeStatus("n1", "ready", NodeReport.NONE));
    }

    @Test
    void whatALaterFilterAddsIsPassedOver() {
        assertThat(NodeStatus.parse("{\"new\":{\"a\":[1,{}]},\"state\":\"draining\",\"node\":\"n1\",\"more\":null}"))
                .contains(new NodeStatus("n1", "draining", NodeReport.NONE));
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
                "{\"node\":{},\"state\":\"ready\"}",
                "{\"node\":\"n1\",\"state\":\"ready\""
            })
    void anythingElseIsNoStatus(String text) {
        assertThat(NodeStatus.parse(text)).isEmpty();
    }

    @Test
    void theStateIsTheAnswer() {
        Node n1 = Members.node("n1");

        assertThat(new NodeStatus("n1", "ready", NodeReport.NONE).answerOf(n1)).isEqualTo(new ProbeAnswer.Well(false));
        assertThat(new NodeStatus("n1", "draining", NodeReport.NONE).answerOf(n1))
                .isEqualTo(new ProbeAnswer.Well(true));
        assertThat(new NodeStatus("n1", "confused", NodeReport.NONE).answerOf(n1))
                .isInstanceOf(ProbeAnswer.Unwell.class);
    }

    @Test
    void anotherNameIsAMistakeInTheSettingsAndSaysWhatToWrite() {
        Node n1 = Members.node("n1");

        assertThat(new NodeStatus("n2", "ready", NodeReport.NONE).answerOf(n1))
                .isInstanceOfSatisfying(
                        ProbeAnswer.Misnamed.class,
                        misnamed -> assertThat(misnamed.why())
                                .contains("node 'n2'", "'n2=" + n1.uri() + "'", "limpet.node=n1"));
    }
}
