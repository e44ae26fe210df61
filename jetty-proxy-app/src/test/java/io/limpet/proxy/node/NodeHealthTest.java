package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class NodeHealthTest {

    private static final ProbeAnswer WELL = new ProbeAnswer.Well(false);
    private static final ProbeAnswer DRAINING = new ProbeAnswer.Well(true);
    private static final ProbeAnswer UNWELL = new ProbeAnswer.Unwell("it answered 500");
    private static final ProbeAnswer REFUSED = new ProbeAnswer.Refused("connection refused");
    private static final ProbeAnswer MISNAMED = new ProbeAnswer.Misnamed("it says that it is node 'x'");

    private final Node a = Members.node("a");
    private final Node b = Members.node("b");
    private final NodeHealth health = new NodeHealth(List.of(a, b), new Thresholds(2, 3));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(NodeHealth.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private NodeState state(Node node) {
        return health.nodes().named(node.route()).orElseThrow().state();
    }

    private void hear(Node node, ProbeAnswer... answers) {
        for (ProbeAnswer answer : answers) {
            health.hear(node, answer);
        }
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aNodeCountsAsReadyBeforeItsFirstProbe() {
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void itIsDownAfterAsManyBadAnswersInARowAsTheSettingsSay() {
        hear(a, UNWELL, UNWELL);
        assertThat(state(a)).isEqualTo(NodeState.READY);

        hear(a, UNWELL);
        assertThat(state(a)).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aGoodAnswerInBetweenStartsTheCountAgain() {
        hear(a, UNWELL, UNWELL, WELL, UNWELL, UNWELL);
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void itIsUpAgainAfterAsManyGoodAnswersInARowAsTheSettingsSay() {
        hear(a, REFUSED, WELL);
        assertThat(state(a)).isEqualTo(NodeState.DOWN);

        hear(a, UNWELL, WELL);
        assertThat(state(a)).isEqualTo(NodeState.DOWN);

        hear(a, WELL);
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void oneRefusedConnectionIsEnough() {
        hear(a, REFUSED);
        assertThat(state(a)).isEqualTo(NodeState.DOWN);

        health.refused(b, "connection refused");
        assertThat(state(b)).isEqualTo(NodeState.DOWN);
    }

    @Test
    void aRefusedUserRequestDoesNotUndoTheCountOfGoodProbes() {
        hear(a, REFUSED, WELL);
        health.refused(a, "connection refused");
        hear(a, WELL);

        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void theNodesOwnStatusDrainsItAndEndsThat() {
        hear(a, DRAINING);
        assertThat(state(a)).isEqualTo(NodeState.DRAINING);

        hear(a, WELL);
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void aNodeOfAnotherNameIsDownAtOnceAndNotWorthTrying() {
        hear(a, MISNAMED);

        Condition condition = health.nodes().named(a.route()).orElseThrow().condition();
        assertThat(condition.state()).isEqualTo(NodeState.DOWN);
        assertThat(condition.worthTrying()).isFalse();
        assertThat(messages()).singleElement().asString().contains("it says that it is node 'x'");
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void onlyWhatFlipsIsLogged() {
        hear(a, WELL, WELL, UNWELL, UNWELL, UNWELL, UNWELL, REFUSED, WELL, WELL, WELL);

        assertThat(messages())
                .containsExactly(
                        "node 'a' is down: it answered 500 (up: b); its sessions move on their next request",
                        "node 'a' is ready (up: a, b)");
    }

    @Test
    void theLastNodeThatGoesIsAnError() {
        hear(a, REFUSED);
        hear(b, REFUSED);

        assertThat(messages().get(1))
                .isEqualTo("node 'b' is down: connection refused (up: none); requests try the nodes all"
                        + " the same, and are answered 503 when none is back");
        assertThat(log.list.get(1).getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void theReasonOfANodeThatIsDownIsTheNewest() {
        hear(a, REFUSED, UNWELL);

        assertThat(health.nodes()).hasToString("a down (it answered 500), b ready");
    }

    @Test
    void howeverManyRequestsDoNotReachItBetweenTwoProbesTheyAreOneBadAnswer() {
        for (int i = 0; i < 10; i++) {
            health.unreached(a, "it was not found");
        }
        hear(a, UNWELL);
        health.unreached(b, "it was not found");
        assertThat(state(a)).isEqualTo(NodeState.READY);

        health.unreached(a, "it was not found");
        assertThat(state(a)).isEqualTo(NodeState.DOWN);
        assertThat(state(b)).isEqualTo(NodeState.READY);
    }
}
