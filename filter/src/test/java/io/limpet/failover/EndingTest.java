package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session that was ended, or was called otherwise before, is found by nobody any more. */
class EndingTest {

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anInvalidatedSessionIsDeadOnEveryNode() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.n1.replication.invalidated(atN1);
        assertThat(nodes.n2.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n1.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aLateWriteAfterALogoutOnAnotherNodeIsDead() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request late = nodes.n1.own(atN1);
        FakeNode.Request elsewhere = nodes.n2.foreign(atN1.getId());
        nodes.n2.replication.invalidated(elsewhere.session());

        late.set("cart", new ArrayList<>(List.of("too late")));

        assertThat(late.save()).isEqualTo(SaveOutcome.ENDED);
        assertThat(atN1.isInvalid()).isTrue();
        assertThat(nodes.n3.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aLogoutWinsOverANodeThatHasClaimedTheSessionMeanwhile() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request atN2 = nodes.n2.foreign(atN1.getId());
        nodes.n1.replication.invalidated(atN1);
        assertThat(atN2.set("cart", "late").save()).isEqualTo(SaveOutcome.ENDED);
    }

    @Test
    void theIdOfBeforeALoginFindsTheSessionOnNoNode() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        String fixed = atN1.getId();
        FakeNode.Request login = nodes.n1.own(atN1);
        atN1.rename("n1-after-login");
        nodes.n1.replication.idChanged(atN1, fixed);
        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(nodes.n2.foreign(fixed).arrival.found()).isEqualTo(Found.ENDED);
        FakeNode.Request moved = nodes.n2.foreign("n1-after-login");
        assertThat(moved.get("user")).isEqualTo("ann");
        assertThat(moved.get("cart")).isEqualTo(List.of("rope"));
    }

    // WildFly makes a new object for each request, and those of before a login are of a session that is gone
    @Test
    void aSessionIsSavedFromTheObjectThatTheRequestWasGiven() {
        FakeSession earlier = nodes.sessionWithCart("rope");
        FakeSession now = earlier.again();
        String fixed = now.getId();
        FakeNode.Request login = nodes.n1.own(now);
        now.rename("n1-after-login");
        earlier.invalidate();
        nodes.n1.replication.idChanged(now, fixed);

        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(nodes.n2.foreign(fixed).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n2.foreign("n1-after-login").get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aLoginAfterAnAdoptionEndsEveryIdOfBefore() {
        String first = nodes.sessionWithCart("rope").getId();
        FakeNode.Request adopted = nodes.n2.foreign(first);
        String second = adopted.session().getId();
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);
        adopted.session().rename("n2-after-login");
        nodes.n2.replication.idChanged(adopted.session(), second);
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(nodes.n3.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n3.foreign(second).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n3.foreign("n2-after-login").get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aDeadSessionIsFoundByNoneOfItsIdsWhileItsEndIsUnderWay() {
        String first = nodes.sessionWithCart("rope").getId();
        FakeNode.Request adopted = nodes.n2.foreign(first);
        String second = adopted.session().getId();
        nodes.n2.replication.destroyed(adopted.session());
        assertThat(nodes.n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n2.foreign(second).arrival.found()).isEqualTo(Found.ENDED);
    }
}
