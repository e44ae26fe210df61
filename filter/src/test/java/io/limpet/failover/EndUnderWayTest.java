package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session ends while other requests of the same node hold it. */
class EndUnderWayTest {

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final FakeNode n1 = new FakeNode("n1", store, Clock.systemUTC());
    private final FakeNode n2 = new FakeNode("n2", store, Clock.systemUTC());
    private final String first = sessionAtN1();
    private final FakeSession atN2 = n2.foreign(first).session();

    @AfterEach
    void close() {
        n1.close();
        n2.close();
    }

    private String sessionAtN1() {
        FakeNode.Request request = n1.fresh().set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        return request.session().getId();
    }

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
