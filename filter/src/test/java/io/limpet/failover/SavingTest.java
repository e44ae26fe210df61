package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionRecord;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request has changed is in the store before its answer leaves, and nothing is written over. */
class SavingTest {

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anObjectThatWasChangedWithoutBeingSetAgainIsSaved() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request request = nodes.n1.own(atN1);
        addTo(request, "anchor");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @SuppressWarnings("unchecked")
    private static void addTo(FakeNode.Request request, String item) {
        ((List<String>) request.get("cart")).add(item);
    }

    @Test
    void aChangeAfterTheFirstSaveOfARequestIsSavedAtItsEnd() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request request = nodes.n1.own(atN1);
        addTo(request, "anchor");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        addTo(request, "net");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor", "net"));
    }

    @Test
    void aRequestThatOnlyReadsMakesNoStoreCall() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request request = nodes.n1.own(atN1);
        assertThat(request.get("cart")).isEqualTo(List.of("rope"));
        nodes.store.available(false);
        assertThat(request.save()).isEqualTo(SaveOutcome.UNCHANGED);
    }

    @Test
    void aRemovedAttributeStaysRemoved() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        atN1.removeAttribute("cart");
        assertThat(nodes.n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).session().getAttribute("cart"))
                .isNull();
    }

    @Test
    void theNodeThatServesTakesTheSessionBackAndKeepsBothNodesChanges() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request slow = nodes.n1.own(atN1).set("address", "Harbour 1");
        FakeNode.Request atN2 = nodes.n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        assertThat(slow.save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request after = nodes.n3.foreign(atN1.getId());
        assertThat(after.get("address")).isEqualTo("Harbour 1");
        assertThat(after.get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void aChangeThatContradictsThatOfTheNewOwnerIsRefused() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request slow = nodes.n1.own(atN1).set("cart", new ArrayList<>(List.of("stale")));
        FakeNode.Request atN2 = nodes.n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        assertThat(slow.save()).isEqualTo(SaveOutcome.CONFLICT);
        assertThat(nodes.n3.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void whatTheStoreHasLostIsBroughtBackWhole() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.store.lose(atN1.getId());
        assertThat(nodes.n1.own(atN1).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void changesThatTheStoreDidNotTakeAreSavedLaterAndTheNodeSaysSo() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.store.available(false);
        FakeNode.Request request = nodes.n1.own(atN1).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.QUEUED);
        assertThat(nodes.n1.replication.state()).isEqualTo(Failover.State.DEGRADED);

        nodes.store.available(true);

        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.n1.replication.state() == Failover.State.HEALTHY);
        assertThat(nodes.n2.foreign(atN1.getId()).get("user")).isEqualTo("ann");
    }

    @Test
    void whatARequestChangesOnceItsFirstSaveWasQueuedIsSavedLaterToo() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.store.available(false);
        FakeNode.Request request = nodes.n1.own(atN1).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.QUEUED);
        nodes.store.available(true);
        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.n1.replication.state() == Failover.State.HEALTHY);

        assertThat(request.set("address", "Harbour 1").save()).isEqualTo(SaveOutcome.QUEUED);

        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.n1.replication.state() == Failover.State.HEALTHY);
        assertThat(nodes.n2.foreign(atN1.getId()).get("address")).isEqualTo("Harbour 1");
    }

    @Test
    void aNodeThatMustNotServeUnsavedChangesRefusesThem() {
        FakeNode strict = new FakeNode("n5", nodes.store, Clock.systemUTC(), true);
        FakeNode.Request request = strict.fresh().set("user", "ann");
        nodes.store.available(false);
        assertThat(request.save()).isEqualTo(SaveOutcome.REJECTED);
        nodes.store.available(true);
        strict.close();
    }

    @Test
    void whatAnUnansweredSaveMayHaveStoredIsUndoneByTheNext() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.store.answering(false); // it applies what it is sent, and says nothing
        assertThat(nodes.n1.own(atN1).set("user", "ann").save()).isEqualTo(SaveOutcome.QUEUED);
        nodes.store.answering(true);
        atN1.removeAttribute("user");
        assertThat(nodes.n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).session().getAttribute("user"))
                .isNull();
    }

    /** Changed by another request whenever somebody looks at it. */
    static final class Busy implements Serializable {
        private static final long serialVersionUID = 1L;
        static volatile boolean quiet;

        private void writeObject(java.io.ObjectOutputStream out) {
            if (!quiet) {
                throw new java.util.ConcurrentModificationException("somebody else is at it");
            }
        }
    }

    @Test
    void anObjectThatChangesAllTheTimeIsSavedOnceItIsQuiet() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        Busy.quiet = false;
        FakeNode.Request request = nodes.n1.own(atN1).set("busy", new Busy()).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.BUSY);
        assertThat(request.set("user", "bob").save()).isEqualTo(SaveOutcome.BUSY);
        assertThat(nodes.n2.foreign(atN1.getId()).get("user")).isEqualTo("bob");
        assertThat(nodes.n1.replication.state()).isEqualTo(Failover.State.DEGRADED);
        Busy.quiet = true;
        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.n1.replication.state() == Failover.State.HEALTHY);
        assertThat(nodes.n2.foreign(atN1.getId()).get("busy")).isInstanceOf(Busy.class);
    }

    @Test
    void aValueThatCannotBeStoredTakesTheOneBeforeItOutOfTheStore() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        assertThat(nodes.n1.own(atN1).set("cart", new Outsider()).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).session().getAttribute("cart"))
                .isNull();
    }

    /** A class that the application forgot to allow. */
    static final class Outsider {}

    @Test
    void anAttributeThatCannotBeStoredCostsNothingElse() {
        FakeNode.Request request =
                nodes.n1.fresh().set("outsider", new Outsider()).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request adopted = nodes.n2.foreign(request.session().getId());
        assertThat(adopted.get("user")).isEqualTo("ann");
        assertThat(adopted.session().getAttribute("outsider")).isNull();
    }

    /** Written here, unreadable everywhere. */
    static final class OneWay implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() throws java.io.ObjectStreamException {
            throw new java.io.InvalidObjectException("not on this node");
        }
    }

    @Test
    void anAttributeThatANodeCannotReadStaysInTheRecord() {
        FakeNode.Request request = nodes.n1.fresh().set("odd", new OneWay()).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        String id = request.session().getId();

        FakeNode.Request adopted = nodes.n2.foreign(id);
        assertThat(adopted.session().getAttribute("odd")).isNull();
        assertThat(adopted.set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(nodes.store.peek(id))
                .isInstanceOfSatisfying(
                        SessionRecord.class,
                        record -> assertThat(record.attributes()).containsOnlyKeys("odd", "user"));
    }
}
