package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A node gives up sessions to one that has fewer. */
class RebalanceTest {

    private static final class Watch extends Clock {
        private Instant now = Instant.parse("2026-11-23T00:00:00Z");

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private final Watch watch = new Watch();
    private final InMemorySessionStore store = new InMemorySessionStore();

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store, watch);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final FakeSession atN1 = n1.sessionWith("user", "ann");

    private static boolean letsGo(FakeNode node, FakeSession session) {
        return node.replication.rebalance().letsGo(session);
    }

    private FakeSession movedToN2() {
        assertThat(letsGo(n1, atN1)).isTrue();
        return n2.foreign(atN1.getId()).session();
    }

    @Test
    void aSessionThatOtherNodesHaveMayGo() {
        assertThat(letsGo(n1, atN1)).isTrue();
    }

    @Test
    void whatWasChangedBetweenRequestsGoesWithIt() {
        atN1.setAttribute("user", "bob");
        n1.replication.attributeChanged(atN1, "user");
        assertThat(letsGo(n1, atN1)).isTrue();
        assertThat(n2.foreign(atN1.getId()).get("user")).isEqualTo("bob");
    }

    @Test
    void aSessionThatCannotBeSavedStays() {
        atN1.setAttribute("user", "bob");
        n1.replication.attributeChanged(atN1, "user");
        store.available(false);
        assertThat(letsGo(n1, atN1)).isFalse();
        store.available(true);
        assertThat(letsGo(n1, atN1)).isTrue();
    }

    @Test
    void aSessionThatIsNowhereElseStays() {
        assertThat(letsGo(n1, n1.fresh().session())).isFalse();
        assertThat(letsGo(n1, n1.sessionPastTheFilter("user", "bob"))).isFalse();
    }

    @Test
    void whoeverAsksASessionGoesOnceInTenMinutes() {
        assertThat(letsGo(n1, atN1)).isTrue();
        assertThat(letsGo(n1, atN1)).isFalse();
        watch.pass(Duration.ofMinutes(10).minusMillis(1));
        assertThat(letsGo(n1, atN1)).isFalse();
        watch.pass(Duration.ofMillis(1));
        assertThat(letsGo(n1, atN1)).isTrue();
    }

    @Test
    void aSessionThatHasMovedRestsWhereItIsForTenMinutes() {
        FakeSession atN2 = movedToN2();
        assertThat(letsGo(n2, atN2)).isFalse();
        watch.pass(Duration.ofMinutes(10));
        assertThat(letsGo(n2, atN2)).isTrue();
    }

    @Test
    void aSessionThatWasTakenOverFromADeadNodeMayGoAtOnce() {
        FakeSession atN2 = n2.foreign(atN1.getId()).session();
        assertThat(letsGo(n2, atN2)).isTrue();
    }

    @Test
    void theNodesThatKnewWhenItMovedMayDie() {
        movedToN2(); // and dies before it saves anything
        try (FakeNode n3 = new FakeNode("n3", store, watch)) {
            FakeSession atN3 = n3.foreign(atN1.getId()).session();
            watch.pass(Duration.ofMinutes(10).minusMillis(1));
            assertThat(letsGo(n3, atN3)).isFalse();
            watch.pass(Duration.ofMillis(1));
            assertThat(letsGo(n3, atN3)).isTrue();
        }
    }

    @Test
    void whatTheApplicationWritesWhereTheTimeStandsMovesNothingTwice() {
        atN1.setAttribute(Rebalance.MOVED_AT, "yesterday");
        assertThat(letsGo(n1, atN1)).isTrue();
        assertThat(letsGo(n1, atN1)).isFalse();
    }

    @Test
    void aStaleCopyIsNotGivenUpASecondTime() {
        movedToN2();
        watch.pass(Duration.ofMinutes(10));
        assertThat(letsGo(n1, atN1)).isFalse();
    }

    @Test
    void aNewIdDoesNotMakeItMoveAgain() {
        FakeSession atN2 = movedToN2();
        String before = atN2.getId();
        atN2.rename("n2-after-login");
        n2.replication.idChanged(atN2, before);
        assertThat(n2.own(atN2).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(letsGo(n2, atN2)).isFalse();
    }

    @Test
    void aStaleCopyIsNotCountedAmongTheLiveSessions() {
        assertThat(n1.replication.rebalance().elsewhere()).isZero();
        movedToN2();
        assertThat(n1.replication.rebalance().elsewhere()).isOne();

        n1.own(atN1).save(); // a late request brings it back
        assertThat(n1.replication.rebalance().elsewhere()).isZero();
        assertThat(n2.replication.rebalance().elsewhere()).isOne();
    }

    @Test
    void withoutFailoverNothingGoes() {
        assertThat(new NoFailover().rebalance().letsGo(atN1)).isFalse();
    }
}
