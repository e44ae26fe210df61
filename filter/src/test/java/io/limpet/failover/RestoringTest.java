package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster has lost is brought back by those who own it, without a request for it. */
class RestoringTest {

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    private void loseAll() {
        nodes.store.loseAll();
        assertThat(nodes.n1.replication.state()).isEqualTo(Failover.State.DEGRADED);
        await().atMost(Duration.ofSeconds(10)).until(() -> isHealthy(nodes.n1) && isHealthy(nodes.n2));
    }

    private static boolean isHealthy(FakeNode node) {
        return node.replication.state() == Failover.State.HEALTHY;
    }

    @Test
    void anIdleSessionSurvivesTheLossOfTheStoreAndThenOfItsNode() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        loseAll();
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void itIsFoundByEachOfItsIds() {
        String first = nodes.sessionWithCart("rope").getId();
        FakeNode.Request adopted = nodes.n2.foreign(first);
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);
        loseAll();
        assertThat(nodes.n3.foreign(adopted.session().getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aStaleCopyIsNotWhatIsBroughtBack() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request atN2 = nodes.n2.foreign(atN1.getId()).set("cart", "anchor");
        assertThat(atN2.save()).isEqualTo(SaveOutcome.SAVED);
        loseAll();
        assertThat(nodes.n3.foreign(atN1.getId()).get("cart")).isEqualTo("anchor");
    }

    @Test
    void whatHasEndedStaysDead() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.n1.replication.invalidated(atN1);
        loseAll();
        assertThat(nodes.n2.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.NONE);
    }
}
