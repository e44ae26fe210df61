package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A node learns that another one has taken its session, while it lives on. */
class TakenTest {

    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final FakeSession atN1 = n1.sessionWith("user", "ann");

    @Test
    void theCopyOfTheFormerOwnerSaysWhereItsSessionIs() {
        assertThat(n2.foreign(atN1.getId()).save()).isEqualTo(SaveOutcome.SAVED);
        assertIsMarked();
    }

    private void assertIsMarked() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(atN1.getAttribute("io.limpet.moved-to")).isEqualTo("n2"));
    }

    @Test
    void nobodyWhoTellsOfItWaitsForListenersOfTheApplication() {
        Set<Thread> listening = ConcurrentHashMap.newKeySet();
        atN1.onChange(name -> listening.add(Thread.currentThread()));

        n2.foreign(atN1.getId());

        await().atMost(Duration.ofSeconds(10)).until(() -> !listening.isEmpty());
        assertThat(listening).doesNotContain(Thread.currentThread());
    }

    @Test
    void aListenerThatFailsAtTheMarkCostsNotTheSession() {
        atN1.onChange(name -> {
            throw new IllegalStateException("no database");
        });
        assertThat(n2.foreign(atN1.getId()).save()).isEqualTo(SaveOutcome.SAVED);
        assertIsMarked();
        n1.own(atN1);
        atN1.onChange(name -> {});

        assertThat(n1.own(atN1).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n2.foreign(atN1.getId()).get("user")).isEqualTo("bob");
    }

    @Test
    void theFormerOwnerAnswersNoReadFromItsStaleCopy() {
        FakeNode.Request atN2 = n2.foreign(atN1.getId()).set("user", "bob");
        assertThat(atN2.save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request back = n1.own(atN1);

        assertThat(back.get("user")).isEqualTo("bob");
        assertThat(atN1.getAttribute("io.limpet.moved-to")).isNull();
    }

    @Test
    void theFormerOwnerServesNoSessionThatWasEndedElsewhere() {
        n2.replication.invalidated(n2.foreign(atN1.getId()).session());
        assertThat(n1.own(atN1).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aStaleCopyThatTimesOutEndsNothing() {
        FakeNode.Request atN2 = n2.foreign(atN1.getId());
        assertThat(atN2.save()).isEqualTo(SaveOutcome.SAVED);

        n1.replication.destroyed(atN1);

        assertThat(n1.foreign(atN1.getId()).get("user")).isEqualTo("ann");
    }

    @Test
    void aChangeMadeOnValuesThatWereReplacedMeanwhileIsRefused() {
        FakeNode.Request slow = n1.own(atN1);
        assertThat(slow.get("user")).isEqualTo("ann");
        assertThat(n2.foreign(atN1.getId()).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n1.own(atN1).get("user")).isEqualTo("bob");

        assertThat(slow.set("user", slow.arrival.found() + " of ann").save()).isEqualTo(SaveOutcome.CONFLICT);

        assertThat(n2.foreign(atN1.getId()).get("user")).isEqualTo("bob");
    }

    @Test
    void anUnsavedChangeSurvivesThatTheSessionComesBackForAnotherRequest() {
        FakeNode.Request slow = n1.own(atN1).set("address", "Harbour 1");
        assertThat(n2.foreign(atN1.getId()).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n1.own(atN1).get("user")).isEqualTo("bob");

        assertThat(slow.save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request after = n2.foreign(atN1.getId());
        assertThat(after.get("address")).isEqualTo("Harbour 1");
        assertThat(after.get("user")).isEqualTo("bob");
    }
}
