package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.Tombstone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a session under the lock of an attribute that another request of it is about to save. */
@Timeout(60)
class LockedAttributeTest {

    private final ThreeNodes nodes = new ThreeNodes();
    private final LockedAttribute attribute = new LockedAttribute(nodes.n1);
    private final FakeSession session = attribute.session;

    @AfterEach
    void close() {
        attribute.close();
        nodes.close();
    }

    @Test
    void aLogoutWaitsForTheSaveNoLongerThanForTheStoreAndTheSessionIsEndedBehindIt() throws Exception {
        SaveOutcome logout = attribute.whileItIsSaved(() -> nodes.n1.replication.invalidated(session));

        assertThat(logout).isEqualTo(SaveOutcome.QUEUED);
        await().until(() -> nodes.store.peek(session.getId()) instanceof Tombstone);
    }

    @Test
    void aLoginWaitsForTheSaveNoLongerThanForTheStoreAndTheSessionHasItsNewIdBehindIt() throws Exception {
        String oldId = session.getId();
        attribute.whileItIsSaved(() -> {
            session.rename("n1-after-login");
            nodes.n1.replication.idChanged(session, oldId);
            return oldId;
        });

        assertThat(nodes.n1.own(session).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        await().until(() -> nodes.store.peek(oldId) instanceof Tombstone);
        assertThat(nodes.n2.foreign(oldId).arrival.found()).isEqualTo(Found.ENDED);
        FakeNode.Request adopted = nodes.n2.foreign("n1-after-login");
        assertThat(adopted.get("user")).isEqualTo("ann");
        assertThat(adopted.get("items")).isEqualTo(attribute.items);
    }

    @Test
    void aLoginThatTheContainerTellsOfAsWellIsWaitedForOnce() throws Exception {
        String oldId = session.getId();
        long longerThanHalf = attribute.whileItIsSaved(() -> {
            session.rename("n1-after-login");
            long begun = System.nanoTime();
            nodes.n1.replication.idChanged(session, oldId);
            long first = System.nanoTime();
            nodes.n1.replication.idChanged(session, oldId);
            return (System.nanoTime() - first) - (first - begun) / 2;
        });

        // the first waits as long as for the store, a second
        assertThat(longerThanHalf).isNegative();
    }
}
