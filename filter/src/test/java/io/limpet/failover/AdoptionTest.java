package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.time.Clock;
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

/** A session whose owner cannot serve goes on where its next request arrives. */
class AdoptionTest {

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anotherNodeAdoptsTheSessionWithAllThatItIs() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        atN1.setMaxInactiveInterval(77);
        assertThat(nodes.n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request adopted = nodes.n2.foreign(atN1.getId());

        assertThat(adopted.arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(adopted.arrival.made()).isTrue();
        assertThat(adopted.get("cart")).isEqualTo(List.of("rope"));
        assertThat(adopted.session().getMaxInactiveInterval()).isEqualTo(77);
        assertThat(adopted.identity().creationTime()).isEqualTo(atN1.getCreationTime());
        assertThat(adopted.identity().adopted()).isTrue();
    }

    @Test
    void aRequestThatFollowsAnAdoptionMayHaveTheSessionForItselfAndRenameIt() {
        String first = nodes.sessionWithCart("rope").getId();
        FakeNode.Request adopted = nodes.n2.foreign(first);
        assertThat(adopted.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request follower = nodes.n2.foreign(first);

        FakeSession moved = nodes.n2.move(follower.session(), first);
        String second = moved.getId();
        moved.rename("n2-after-login");
        nodes.n2.replication.idChanged(moved, second);
        FakeNode.Request login = nodes.n2.own(moved);
        assertThat(login.save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(login.get("cart")).isEqualTo(List.of("rope"));
        assertThat(login.get("user")).isEqualTo("ann");
        assertThat(nodes.n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n3.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(nodes.n3.foreign("n2-after-login").get("user")).isEqualTo("ann");
    }

    @Test
    void aSessionThatMovedTwiceIsFoundByEachOfItsIds() {
        String first = nodes.sessionWithCart("rope").getId();
        FakeNode.Request atN2 = nodes.n2.foreign(first);
        assertThat(atN2.save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request atN3 = nodes.n3.foreign(atN2.session().getId());
        assertThat(atN3.save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(atN3.get("cart")).isEqualTo(List.of("rope"));

        FakeNode back = new FakeNode("n4", nodes.store, Clock.systemUTC());
        assertThat(back.foreign(first).get("cart")).isEqualTo(List.of("rope"));
        assertThat(back.foreign(atN3.session().getId()).arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(back.opened).as("both ids are one session").hasValue(1);
        back.close();
    }

    @Test
    void aCopyThatMayBeStaleIsVerifiedBeforeItIsServed() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        FakeNode.Request atN2 = nodes.n2.foreign(atN1.getId());
        assertThat(atN2.set("cart", new ArrayList<>(List.of("rope", "anchor"))).save())
                .isEqualTo(SaveOutcome.SAVED);

        nodes.store.distrust(); // as after a pause of n1
        FakeNode.Request woken = nodes.n1.own(atN1);

        assertThat(woken.get("cart")).isEqualTo(List.of("rope", "anchor"));
    }

    @Test
    void aSessionThatTheContainerReadBackFromItsDiskIsReplacedByWhatTheClusterHas() {
        FakeSession atN1 = nodes.sessionWithCart("rope", "anchor");
        FakeSession fromDisk = new FakeSession(atN1.getId(), atN1.getCreationTime());
        fromDisk.setAttribute("cart", new ArrayList<>(List.of("rope")));
        fromDisk.setAttribute("removed-since", "old");
        FakeNode restarted = new FakeNode("n1", nodes.store, Clock.systemUTC());

        FakeNode.Request request = restarted.own(fromDisk);

        assertThat(request.get("cart")).isEqualTo(List.of("rope", "anchor"));
        assertThat(fromDisk.getAttribute("removed-since")).isNull();
        restarted.close();
    }

    @Test
    void aSessionThatMayExistIsNotCalledMissingWhileTheStoreIsAway() {
        String id = nodes.sessionWithCart("rope").getId();
        nodes.store.available(false);
        assertThat(nodes.n2.foreign(id).arrival.found()).isEqualTo(Found.UNKNOWN);
        nodes.store.available(true);
    }

    @Test
    void aSessionThatNobodyKnowsIsNotMade() {
        FakeNode.Request request = nodes.n2.foreign("never-was");
        assertThat(request.arrival.found()).isEqualTo(Found.NONE);
        assertThat(nodes.n2.opened).hasValue(0);
    }

    @Test
    void fiftyParallelRequestsWithTheOldCookieGetOneSession() throws Exception {
        String id = nodes.sessionWithCart("rope").getId();
        ExecutorService clients = Executors.newFixedThreadPool(50);
        Set<String> newIds = ConcurrentHashMap.newKeySet();
        Callable<Boolean> client = () -> {
            FakeNode.Request request = nodes.n2.foreign(id);
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
        assertThat(nodes.n2.opened).hasValue(1);
    }

    @Test
    void sessionsThatTheContainerEndsBecauseItStopsLiveOnElsewhere() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.n1.replication.destroyed(atN1);
        nodes.n1.close();
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aCookieWithAStrangeSegmentDoesNotMakeTheSessionItsOwnFollower() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        assertThat(nodes.n1.foreign(atN1.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(nodes.n1.own(atN1).arrival.found()).isEqualTo(Found.OWN);
    }

    @Test
    void aSessionThatNeverTimesOutInPracticeIsNotCalledOver() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        atN1.setMaxInactiveInterval(Integer.MAX_VALUE);
        assertThat(nodes.n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.foreign(atN1.getId()).get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void aNodeServesItsOwnCopyWhileTheStoreCannotVerifyIt() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.store.distrust();
        nodes.store.available(false);
        assertThat(nodes.n1.own(atN1).get("cart")).isEqualTo(List.of("rope"));
        nodes.store.available(true);
    }
}
