package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A session ends while other requests of the same node hold it. */
class EndUnderWayTest {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final String first = n1.sessionWith("user", "ann").getId();
    private final FakeSession atN2 = n2.foreign(first).session();

    @Test
    void aSessionThatTheContainerStillHasAfterItsEndIsNotTakenForANewOne() {
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.ENDED);

        Visit late = n2.replication.visit(atN2);
        atN2.setAttribute("user", "eve");
        late.changed("user");

        assertThat(late.save()).isEqualTo(SaveOutcome.ENDED);
        assertThat(store.peek(atN2.getId())).isNull();
    }

    @Test
    void aSecondLogoutIsAnsweredNoSoonerThanTheStoreKnowsTheFirst() {
        store.available(false);
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.QUEUED);
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.QUEUED);
        store.available(true);
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.ENDED);
    }

    @Test
    void aLogoutThatComesSecondLeavesNothingBehindOfASessionThatTheContainerHasEnded() {
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.ENDED);
        atN2.invalidate();
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.ENDED);

        // as of any session that is over: it is known no more
        assertThat(n2.replication.invalidated(atN2)).isEqualTo(SaveOutcome.UNCHANGED);
    }
}
