package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Tombstone;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicationTest {

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final FakeNode n1 = new FakeNode("n1", store, Clock.systemUTC());
    private final FakeNode n2 = new FakeNode("n2", store, Clock.systemUTC());
    private final FakeNode n3 = new FakeNode("n3", store, Clock.systemUTC());

    @AfterEach
    void close() {
        n1.close();
        n2.close();
        n3.close();
    }

    private FakeSession sessionWithCart(String... items) {
        FakeNode.Request request = n1.fresh();
        request.set("cart", new ArrayList<>(List.of(items)));
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        return request.session();
    }

    @Test
    void anotherNodeAdoptsTheSessionWithAllThatItIs() {
        FakeSession atN1 = sessionWithCart("rope");
        atN1.setMaxInactiveInterval(77);
        assertThat(n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request adopted = n2.foreign(atN1.getId());

        assertThat(adopted.arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(adopted.arrival.made()).isTrue();
        assertThat(adopted.get("cart")).isEqualTo(List.of("rope"));
        assertThat(adopted.session().getMaxInactiveInterval()).isEqualTo(77);
        assertThat(adopted.identity().creationTime()).isEqualTo(atN1.getCreationTime());
        assertThat(adopted.identity().adopted()).isTrue();
    }

    @Test
    void anObjectThatWasChangedWithoutBeingSetAgainIsSaved() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request request = n1.own(atN1);
        addTo(request, "anchor");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @SuppressWarnings("unchecked")
    private static void addTo(FakeNode.Request request, String item) {
        ((List<String>) request.get("cart")).add(item);
    }

    @Test
    void aChangeAfterTheFirstSaveOfARequestIsSavedAtItsEnd() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request request = n1.own(atN1);
        addTo(request, "anchor");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        addTo(request, "net");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor", "net"));
    }

    @Test
    void aRequestThatOnlyReadsMakesNoStoreCall() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request request = n1.own(atN1);
        assertThat(request.get("cart")).isEqualTo(List.of("rope"));
        store.available(false);
        assertThat(request.save()).isEqualTo(SaveOutcome.UNCHANGED);
    }

    @Test
    void aRemovedAttributeStaysRemoved() {
        FakeSession atN1 = sessionWithCart("rope");
        atN1.removeAttribute("cart");
        assertThat(n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).session().getAttribute("cart")).isNull();
    }

    @Test
    void anInvalidatedSessionIsDeadOnEveryNode() {
        FakeSession atN1 = sessionWithCart("rope");
        n1.replication.invalidated(atN1);
        assertThat(n2.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n1.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aLateWriteAfterALogoutOnAnotherNodeIsDead() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request late = n1.own(atN1);
        FakeNode.Request elsewhere = n2.foreign(atN1.getId());
        n2.replication.invalidated(elsewhere.session());

        late.set("cart", new ArrayList<>(List.of("too late")));

        assertThat(late.save()).isEqualTo(SaveOutcome.ENDED);
        assertThat(atN1.isInvalid()).isTrue();
        assertThat(n3.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aLogoutWinsOverANodeThatHasClaimedTheSessionMeanwhile() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request atN2 = n2.foreign(atN1.getId());
        n1.replication.invalidated(atN1);
        assertThat(atN2.set("cart", "late").save()).isEqualTo(SaveOutcome.ENDED);
    }

    @Test
    void theIdOfBeforeALoginFindsTheSessionOnNoNode() {
        FakeSession atN1 = sessionWithCart("rope");
        String fixed = atN1.getId();
        FakeNode.Request login = n1.own(atN1);
        atN1.rename("n1-after-login");
        n1.replication.idChanged(atN1, fixed);
        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n2.foreign(fixed).arrival.found()).isEqualTo(Found.ENDED);
        FakeNode.Request moved = n2.foreign("n1-after-login");
        assertThat(moved.get("user")).isEqualTo("ann");
        assertThat(moved.get("cart")).isEqualTo(List.of("rope"));
    }

    // WildFly makes a new object for each request, and those of before a login are of a session that is gone
    @Test
    void aSessionIsSavedFromTheObjectThatTheRequestWasGiven() {
        FakeSession earlier = sessionWithCart("rope");
        FakeSession now = earlier.again();
        String fixed = now.getId();
        FakeNode.Request login = n1.own(now);
        now.rename("n1-after-login");
        earlier.invalidate();
        n1.replication.idChanged(now, fixed);

        assertThat(login.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n2.foreign(fixed).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n2.foreign("n1-after-login").get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aLoginAfterAnAdoptionEndsEveryIdOfBefore() {
        String first = sessionWithCart("rope").getId();
        FakeNode.Request adopted = n2.foreign(first);
        String second = adopted.session().getId();
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);
        adopted.session().rename("n2-after-login");
        n2.replication.idChanged(adopted.session(), second);
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n3.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n3.foreign(second).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n3.foreign("n2-after-login").get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aRequestThatFollowsAnAdoptionMayHaveTheSessionForItselfAndRenameIt() {
        String first = sessionWithCart("rope").getId();
        FakeNode.Request adopted = n2.foreign(first);
        assertThat(adopted.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request follower = n2.foreign(first);

        FakeSession moved = n2.move(follower.session(), first);
        String second = moved.getId();
        moved.rename("n2-after-login");
        n2.replication.idChanged(moved, second);
        FakeNode.Request login = n2.own(moved);
        assertThat(login.save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(login.get("cart")).isEqualTo(List.of("rope"));
        assertThat(login.get("user")).isEqualTo("ann");
        assertThat(n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n3.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n3.foreign("n2-after-login").get("user")).isEqualTo("ann");
    }

    @Test
    void aSessionThatMovedTwiceIsFoundByEachOfItsIds() {
        String first = sessionWithCart("rope").getId();
        FakeNode.Request atN2 = n2.foreign(first);
        assertThat(atN2.save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request atN3 = n3.foreign(atN2.session().getId());
        assertThat(atN3.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(atN3.get("cart")).isEqualTo(List.of("rope"));

        FakeNode back = new FakeNode("n4", store, Clock.systemUTC());
        assertThat(back.foreign(first).get("cart")).isEqualTo(List.of("rope"));
        assertThat(back.foreign(atN3.session().getId()).arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(back.opened).as("both ids are one session").hasValue(1);
        back.close();
    }

    @Test
    void theNodeThatServesTakesTheSessionBackAndKeepsBothNodesChanges() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request slow = n1.own(atN1).set("address", "Harbour 1");
        FakeNode.Request atN2 = n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        assertThat(slow.save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request after = n3.foreign(atN1.getId());
        assertThat(after.get("address")).isEqualTo("Harbour 1");
        assertThat(after.get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void aChangeThatContradictsThatOfTheNewOwnerIsRefused() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request slow = n1.own(atN1).set("cart", new ArrayList<>(List.of("stale")));
        FakeNode.Request atN2 = n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        assertThat(slow.save()).isEqualTo(SaveOutcome.CONFLICT);
        assertThat(n3.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void aCopyThatMayBeStaleIsVerifiedBeforeItIsServed() {
        FakeSession atN1 = sessionWithCart("rope");
        FakeNode.Request atN2 = n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        store.distrust(); // as after a pause of n1
        FakeNode.Request woken = n1.own(atN1);

        assertThat(woken.get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void aSessionThatTheContainerReadBackFromItsDiskIsReplacedByWhatTheClusterHas() {
        FakeSession atN1 = sessionWithCart("rope", "anchor");
        FakeSession fromDisk = new FakeSession(atN1.getId(), atN1.getCreationTime());
        fromDisk.setAttribute("cart", new ArrayList<>(List.of("rope")));
        fromDisk.setAttribute("removed-since", "old");
        FakeNode restarted = new FakeNode("n1", store, Clock.systemUTC());

        FakeNode.Request request = restarted.own(fromDisk);

        assertThat(request.get("cart")).isEqualTo(List.of("rope", "anchor"));
        assertThat(fromDisk.getAttribute("removed-since")).isNull();
        restarted.close();
    }

    @Test
    void whatTheStoreHasLostIsBroughtBackWhole() {
        FakeSession atN1 = sessionWithCart("rope");
        store.lose(atN1.getId());
        assertThat(n1.own(atN1).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void changesThatTheStoreDidNotTakeAreSavedLaterAndTheNodeSaysSo() {
        FakeSession atN1 = sessionWithCart("rope");
        store.available(false);
        FakeNode.Request request = n1.own(atN1).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.QUEUED);
        assertThat(n1.replication.state()).isEqualTo(Failover.State.DEGRADED);

        store.available(true);

        await().atMost(Duration.ofSeconds(10)).until(() -> n1.replication.state() == Failover.State.HEALTHY);
        assertThat(n2.foreign(atN1.getId()).get("user")).isEqualTo("ann");
    }

    @Test
    void aNodeThatMustNotServeUnsavedChangesRefusesThem() {
        FakeNode strict = new FakeNode("n5", store, Clock.systemUTC(), true);
        FakeNode.Request request = strict.fresh().set("user", "ann");
        store.available(false);
        assertThat(request.save()).isEqualTo(SaveOutcome.REJECTED);
        store.available(true);
        strict.close();
    }

    @Test
    void aSessionThatMayExistIsNotCalledMissingWhileTheStoreIsAway() {
        String id = sessionWithCart("rope").getId();
        store.available(false);
        assertThat(n2.foreign(id).arrival.found()).isEqualTo(Found.UNKNOWN);
        store.available(true);
    }

    @Test
    void aSessionThatNobodyKnowsIsNotMade() {
        FakeNode.Request request = n2.foreign("never-was");
        assertThat(request.arrival.found()).isEqualTo(Found.NONE);
        assertThat(n2.opened).hasValue(0);
    }

    @Test
    void fiftyParallelRequestsWithTheOldCookieGetOneSession() throws Exception {
        String id = sessionWithCart("rope").getId();
        ExecutorService clients = Executors.newFixedThreadPool(50);
        Set<String> newIds = ConcurrentHashMap.newKeySet();
        Callable<Boolean> client = () -> {
            FakeNode.Request request = n2.foreign(id);
            newIds.add(request.session().getId());
            return request.get("cart").equals(List.of("rope"));
        };
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(client);
        }
        for (Future<Boolean> served : clients.invokeAll(all)) {
            assertThat(served.get()).isTrue();
        }
        clients.shutdownNow();
        assertThat(newIds).hasSize(1);
        assertThat(n2.opened).hasValue(1);
    }

    @Test
    void aSessionThatTimesOutOnItsOwnerDiesInTheStoreAndAtOnceHere() {
        FakeSession atN1 = sessionWithCart("rope");
        n1.replication.destroyed(atN1);
        assertThat(n1.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ENDED);
        await().atMost(Duration.ofSeconds(10)).until(() -> store.peek(atN1.getId()) instanceof Tombstone);
    }

    @Test
    void sessionsThatTheContainerEndsBecauseItStopsLiveOnElsewhere() {
        FakeSession atN1 = sessionWithCart("rope");
        n1.replication.destroyed(atN1);
        n1.close();
        assertThat(n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void whatAnUnansweredSaveMayHaveStoredIsUndoneByTheNext() {
        FakeSession atN1 = sessionWithCart("rope");
        store.answering(false); // it applies what it is sent, and says nothing
        assertThat(n1.own(atN1).set("user", "ann").save()).isEqualTo(SaveOutcome.QUEUED);
        store.answering(true);
        atN1.removeAttribute("user");
        assertThat(n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).session().getAttribute("user")).isNull();
    }

    @Test
    void aDeadSessionIsFoundByNoneOfItsIdsWhileItsEndIsUnderWay() {
        String first = sessionWithCart("rope").getId();
        FakeNode.Request adopted = n2.foreign(first);
        String second = adopted.session().getId();
        n2.replication.destroyed(adopted.session());
        assertThat(n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n2.foreign(second).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aCookieWithAStrangeSegmentDoesNotMakeTheSessionItsOwnFollower() {
        FakeSession atN1 = sessionWithCart("rope");
        assertThat(n1.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(n1.own(atN1).arrival.found()).isEqualTo(Found.OWN);
    }

    @Test
    void aSessionThatNeverTimesOutInPracticeIsNotCalledOver() {
        FakeSession atN1 = sessionWithCart("rope");
        atN1.setMaxInactiveInterval(Integer.MAX_VALUE);
        assertThat(n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aNodeServesItsOwnCopyWhileTheStoreCannotVerifyIt() {
        FakeSession atN1 = sessionWithCart("rope");
        store.distrust();
        store.available(false);
        assertThat(n1.own(atN1).get("cart")).isEqualTo(List.of("rope"));
        store.available(true);
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
        FakeSession atN1 = sessionWithCart("rope");
        Busy.quiet = false;
        assertThat(n1.own(atN1).set("busy", new Busy()).set("user", "ann").save())
                .isEqualTo(SaveOutcome.QUEUED);
        assertThat(n1.replication.state()).isEqualTo(Failover.State.DEGRADED);
        Busy.quiet = true;
        await().atMost(Duration.ofSeconds(10)).until(() -> n1.replication.state() == Failover.State.HEALTHY);
        assertThat(n2.foreign(atN1.getId()).get("busy")).isInstanceOf(Busy.class);
    }

    @Test
    void aValueThatCannotBeStoredTakesTheOneBeforeItOutOfTheStore() {
        FakeSession atN1 = sessionWithCart("rope");
        assertThat(n1.own(atN1).set("cart", new Outsider()).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n2.foreign(atN1.getId()).session().getAttribute("cart")).isNull();
    }

    /** A class that the application forgot to allow. */
    static final class Outsider {}

    @Test
    void anAttributeThatCannotBeStoredCostsNothingElse() {
        FakeNode.Request request = n1.fresh().set("outsider", new Outsider()).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request adopted = n2.foreign(request.session().getId());
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
        FakeNode.Request request = n1.fresh().set("odd", new OneWay()).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        String id = request.session().getId();

        FakeNode.Request adopted = n2.foreign(id);
        assertThat(adopted.session().getAttribute("odd")).isNull();
        assertThat(adopted.set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(store.peek(id))
                .isInstanceOfSatisfying(
                        SessionRecord.class,
                        record -> assertThat(record.attributes()).containsOnlyKeys("odd", "user"));
    }
}
