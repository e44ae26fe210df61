package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.Tombstone;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A session gets a new id while other nodes know it by the old one. */
class LoginTest {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final FakeSession session = n1.sessionWith("cart", "rope");
    private final String first = session.getId();

    private static void rename(FakeNode node, FakeSession renamed, String newId) {
        String oldId = renamed.getId();
        renamed.rename(newId);
        node.replication.idChanged(renamed, oldId);
    }

    @Test
    void aLoginDoesNotOutliveALogoutOnAnotherNode() {
        FakeNode.Request login = n1.own(session);
        rename(n1, session, "n1-after-login");
        n2.replication.invalidated(n2.foreign(first).session());

        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.ENDED);

        assertThat(store.peek("n1-after-login")).isInstanceOf(Tombstone.class);
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void whoseSessionIsBeingRenamedIsNotAdoptedUnderItsOldId() {
        session.rename("n1-after-login"); // the container was faster than its listeners
        assertThat(n1.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n1.own(session).arrival.found()).isEqualTo(Found.OWN);
    }

    @Test
    void ofTwoLoginsAtTheSameTimeOneCounts() {
        FakeNode.Request adopter = n2.foreign(first);
        FakeNode.Request follower = n2.foreign(first);
        FakeSession moved = n2.move(follower.session(), first);
        rename(n2, moved, "n2-follower");
        assertThat(n2.own(moved).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        rename(n2, adopter.session(), "n2-adopter");

        assertThat(adopter.set("user", "eve").save()).isEqualTo(SaveOutcome.CONFLICT);
        assertThat(n2.own(adopter.session()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n1.foreign("n2-follower").get("user")).isEqualTo("ann");
    }

    @Test
    void whatAnotherNodeSavedUnderTheOldIdIsNotForgottenWhenARequestIsRefused() {
        FakeNode.Request login = n1.own(session);
        FakeNode.Request parallel = n1.own(session);
        rename(n1, session, "n1-after-login");
        assertThat(n2.foreign(first).set("cart", "rope, anchor").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(login.set("cart", "lamp").save()).isEqualTo(SaveOutcome.CONFLICT);

        assertThat(parallel.set("cart", "rope, tar").save()).isEqualTo(SaveOutcome.CONFLICT);

        assertThat(n1.own(session).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign("n1-after-login").get("cart")).isEqualTo("rope, anchor");
    }
}
