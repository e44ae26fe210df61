package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.Tombstone;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A request takes an adopted session for itself while others work with it. */
class MovingTest {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final String first = n1.sessionWith("user", "ann").getId();
    private final FakeNode.Request adopter = n2.foreign(first);

    @Test
    void aChangeInTheSessionThatWasLeftIsCarriedOver() {
        FakeSession moved = n2.move(adopter.session(), first);

        assertThat(adopter.set("address", "Harbour 1").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(moved.getAttribute("address")).isEqualTo("Harbour 1");
        assertThat(n1.foreign(moved.getId()).get("address")).isEqualTo("Harbour 1");
    }

    @Test
    void aChangeThatContradictsTheMovedSessionIsRefused() {
        FakeSession moved = n2.move(adopter.session(), first);
        assertThat(n2.own(moved).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(adopter.set("user", "eve").save()).isEqualTo(SaveOutcome.CONFLICT);

        assertThat(n1.foreign(moved.getId()).get("user")).isEqualTo("bob");
    }

    @Test
    void whatWasCarriedOverIsNotWrittenOverByARequestThatKnewOnlyTheValueBefore() {
        FakeSession moved = n2.move(adopter.session(), first);
        FakeNode.Request parallel = n2.own(moved);
        assertThat(adopter.set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(parallel.set("user", "eve").save()).isEqualTo(SaveOutcome.CONFLICT);

        assertThat(n1.foreign(moved.getId()).get("user")).isEqualTo("bob");
    }

    @Test
    void aRequestThatComesWithTheIdThatWasLeftGetsTheMovedSession() {
        FakeSession moved = n2.move(adopter.session(), first);
        FakeNode.Request next = n2.own(adopter.session());
        assertThat(next.session().getId()).isEqualTo(moved.getId());
    }

    @Test
    void aLogoutInTheSessionThatWasLeftEndsTheMovedOne() {
        FakeSession moved = n2.move(adopter.session(), first);
        assertThat(n2.replication.invalidated(adopter.session())).isEqualTo(SaveOutcome.ENDED);
        assertThat(store.peek(first)).isInstanceOf(Tombstone.class);
        assertThat(n2.foreign(moved.getId()).hasSession()).isFalse();
        assertThat(moved.isInvalid()).isTrue();
    }
}
