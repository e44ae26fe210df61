package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request has read a cart that another node has replaced since, and sets it again while the store is away. */
class ReplacedTest {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final FakeSession session = n1.sessionWith("cart", "rope");

    @BeforeEach
    void setWhatWasReplaced() {
        FakeNode.Request late = n1.own(session);
        assertThat(n2.foreign(session.getId()).set("cart", "rope, anchor").save())
                .isEqualTo(SaveOutcome.SAVED);
        assertThat(n1.own(session).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        store.available(false);
        assertThat(late.set("cart", "rope, tar").save()).isEqualTo(SaveOutcome.QUEUED);
    }

    @Test
    void whatWasMadeOfAnOutdatedValueIsServedToNobodyOnceTheStoreIsBack() {
        store.available(true);
        assertThat(n1.own(session).get("cart")).isEqualTo("rope, anchor");
    }

    @Test
    void whatWasMadeOfAnOutdatedValueHoldsUpNoOtherChange() {
        assertThat(n1.own(session).set("address", "Harbour 1").save()).isEqualTo(SaveOutcome.QUEUED);
        store.available(true);

        await().until(() -> n1.replication.state() == Failover.State.HEALTHY);

        FakeNode.Request atN2 = n2.foreign(session.getId());
        assertThat(atN2.get("cart")).isEqualTo("rope, anchor");
        assertThat(atN2.get("address")).isEqualTo("Harbour 1");
    }
}
