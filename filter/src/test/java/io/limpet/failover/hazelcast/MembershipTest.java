package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import io.limpet.failover.protocol.Trust;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MembershipTest {

    private final Trust trust = new Trust(() -> 0);

    @Test
    void theOthersAreAskedOnceAndAgainAfterADoubt() {
        try (Cluster cluster = new Cluster(3, 2).startAll()) {
            Membership membership = new Membership(cluster.instance(0), trust);

            CompletableFuture<Void> first = membership.proof();
            await().until(() -> first.isDone());
            assertThat(first).isCompleted();
            assertThat(membership.proof()).isSameAs(first);

            trust.lose();
            CompletableFuture<Void> second = membership.proof();
            assertThat(second).isNotSameAs(first);
            await().until(() -> second.isDone());
            assertThat(second).isCompleted();
        }
    }

    @Test
    void aMemberThatTheOthersHaveGivenUpProvesNothing() {
        try (Cluster cluster = new Cluster(3, 2).startAll()) {
            cluster.awaitBackups();
            Membership membership = new Membership(cluster.instance(0), trust);
            await().until(() -> membership.proof().isDone());

            cluster.giveUp(0);
            trust.lose();

            // until it has noticed itself, which takes a heartbeat
            await().until(() -> {
                boolean proven =
                        membership.proof().isDone() && !membership.proof().isCompletedExceptionally();
                int seen = membership.size();
                assertThat(proven && seen >= 2).isFalse();
                return seen == 1;
            });
            cluster.awaitSize(3);
            await().until(() ->
                    membership.proof().isDone() && !membership.proof().isCompletedExceptionally());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aMemberThatSleptAndWasGivenUpIsNotAwakeAgainByMeetingOthersInTheirPlaces(int size) {
        AtomicLong clock = new AtomicLong();
        Trust slept = new Trust(clock::get);
        Awakening awakening = new Awakening(slept, 0, () -> 0);
        try (Cluster cluster = new Cluster(size).startAll()) {
            cluster.awaitBackups();
            Membership membership = new Membership(cluster.instance(0), slept);
            Set<Member> known = membership.members();

            cluster.giveUp(0);
            clock.addAndGet(Trust.SLEEP + 1);
            awakening.look(known);

            await().until(() -> {
                assertThat(awakening.isUnderWay(membership)).isTrue();
                return membership.size() == 1;
            });
            cluster.awaitSize(size); // whoever has merged with whom: that it has, it is told by its own merge
            await().until(() -> !membership.proven().isEmpty());
            assertThat(awakening.isUnderWay(membership)).isTrue();
        }
    }

    @Test
    void aMemberThatSleptAndIsStillKnownIsAwakeWhenTheOthersHaveAnswered() {
        AtomicLong clock = new AtomicLong();
        Trust slept = new Trust(clock::get);
        Awakening awakening = new Awakening(slept, 0, () -> 0);
        try (Cluster cluster = new Cluster(2).startAll()) {
            Membership membership = new Membership(cluster.instance(0), slept);

            clock.addAndGet(Trust.SLEEP + 1);
            awakening.look(membership.members());

            await().until(() -> !awakening.isUnderWay(membership));
        }
    }
}
