package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.Tombstone;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session gets a new id while other nodes know it by the old one. */
class LoginTest {

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final FakeNode n1 = new FakeNode("n1", store, Clock.systemUTC());
    private final FakeNode n2 = new FakeNode("n2", store, Clock.systemUTC());
    private final FakeSession session = sessionAtN1();
    private final String first = session.getId();

    @AfterEach
    void close() {
        n1.close();
        n2.close();
    }

    private FakeSession sessionAtN1() {
        FakeNode.Request request = n1.fresh().set("cart", "rope");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        return request.session();
    }

    private void rename(FakeSession renamed, String newId) {
        String oldId = renamed.getId();
        renamed.rename(newId);
        n1.replication.idChanged(renamed, oldId);
    }

    @Test
    void aLoginDoesNotOutliveALogoutOnAnotherNode() {
        FakeNode.Request login = n1.own(session);
        rename(session, "n1-after-login");
        n2.replication.invalidated(n2.foreign(first).session());

        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.ENDED);

        assertThat(store.peek("n1-after-login")).isInstanceOf(Tombstone.class);
        assertThat(session.isInvalid()).isTrue();
    }
}
