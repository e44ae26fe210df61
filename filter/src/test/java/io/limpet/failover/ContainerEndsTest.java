package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.Tombstone;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that the container ends was invalidated past the filter, has timed out, or goes because the node does. */
class ContainerEndsTest {

    private static final long MINUTE = 60_000;

    private final AtomicLong now = new AtomicLong(System.currentTimeMillis());
    private final Clock clock = mock(Clock.class);
    private final Threads threads = mock(Threads.class);
    private Runnable work = () -> {};
    private final AtomicInteger ended = new AtomicInteger();
    private final InMemorySessionStore store = new InMemorySessionStore();

    @BeforeEach
    void letTimePass() {
        when(clock.millis()).thenAnswer(asked -> now.get());
        when(threads.repeat(anyString(), anyLong(), any())).thenAnswer(call -> {
            work = call.getArgument(2);
            return (Runnable) () -> {};
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int endedAfter(long millis) {
        now.addAndGet(millis);
        work.run();
        return ended.get();
    }

    private Backlog backlog() {
        return new Backlog(clock, shadow -> SaveOutcome.SAVED, () -> {}, threads);
    }

    @Test
    void aStopThatNobodyAnnouncedMayTakeNearlyAMinute() {
        backlog().endSoon(Set.of("session"), ended::incrementAndGet);

        assertThat(endedAfter(MINUTE - 1)).isZero();
        assertThat(endedAfter(1)).isEqualTo(1);
    }

    @Test
    void anAnnouncedStopMayTakeAnyTime() {
        Backlog backlog = backlog();
        AtomicBoolean drains = new AtomicBoolean();
        backlog.leavingWhen(drains::get);
        backlog.endSoon(Set.of("session"), ended::incrementAndGet);
        drains.set(true);

        assertThat(endedAfter(10 * MINUTE)).isZero();
        assertThat(backlog.isEnding("session")).as("dead on this node").isTrue();

        drains.set(false); // called off
        assertThat(endedAfter(0)).isEqualTo(1);
    }

    @Test
    void aTimeoutIsToldAtOnceByWhoeverDrains() {
        Backlog backlog = backlog();
        backlog.leavingWhen(() -> true);
        backlog.timedOut(Set.of("session"), ended::incrementAndGet);

        assertThat(endedAfter(0)).isEqualTo(1);
    }

    private FakeSession sessionOf(FakeNode node) {
        FakeNode.Request request = node.fresh().set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        request.over();
        return request.session();
    }

    private void letTimePassSince(FakeSession session) {
        now.addAndGet(session.getMaxInactiveInterval() * 1_000L);
    }

    @Test
    void aSessionThatTimesOutDiesInTheStoreAndAtOnceHere() {
        try (FakeNode node = new FakeNode("n1", store, clock)) {
            FakeSession session = sessionOf(node);
            letTimePassSince(session);

            node.replication.destroyed(session);

            assertThat(node.foreign(session.getId()).arrival.found()).isEqualTo(Found.ENDED);
            await().atMost(Duration.ofSeconds(10)).until(() -> store.peek(session.getId()) instanceof Tombstone);
        }
    }

    // Jetty and Tomcat tell of the access before the one that is under way, or before the last
    @Test
    void aSessionThatWasUsedJustNowHasNotTimedOutWhateverTheContainerTells() {
        try (FakeNode node = new FakeNode("n1", store, clock);
                FakeNode other = new FakeNode("n2", store, clock)) {
            FakeSession first = sessionOf(node);
            FakeSession second = sessionOf(node);
            FakeSession third = sessionOf(node);
            letTimePassSince(first);
            node.own(first).over();
            node.own(second);

            node.replication.destroyed(first);
            node.replication.destroyed(second);
            node.replication.destroyed(third);

            await().atMost(Duration.ofSeconds(10)).until(() -> store.peek(third.getId()) instanceof Tombstone);
            assertThat(other.foreign(first.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
            assertThat(other.foreign(second.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
        }
    }

    // Tomcat ends a session that is idle by its account when a request of it asks for it, however long that takes
    @Test
    void aSessionThatTimesOutInALongRequestOfItsDiesEverywhereBeforeTheAnswer() {
        try (FakeNode node = new FakeNode("n1", store, clock)) {
            FakeSession session = sessionOf(node);
            FakeNode.Request request = node.own(session);
            letTimePassSince(session);

            request.does(() -> node.replication.destroyed(session));

            assertThat(store.peek(session.getId())).isInstanceOf(Tombstone.class);
        }
    }

    @Test
    void aCopyThatTimesOutInALongRequestEndsNothingOfTheNodeThatHasTakenIt() {
        try (FakeNode node = new FakeNode("n1", store, clock);
                FakeNode other = new FakeNode("n2", store, clock)) {
            FakeSession session = sessionOf(node);
            FakeNode.Request request = node.own(session);
            letTimePassSince(session);
            FakeNode.Request there = other.foreign(session.getId()).set("user", "bob");
            assertThat(there.save()).isEqualTo(SaveOutcome.SAVED);

            request.does(() -> node.replication.destroyed(session));

            assertThat(store.peek(session.getId())).isInstanceOf(SessionRecord.class);
            assertThat(there.set("user", "eve").save()).isEqualTo(SaveOutcome.SAVED);
        }
    }

    @Test
    void norDoesItWhereNobodyHasToldThatItWasTaken() {
        SessionStore deaf = mock(SessionStore.class, delegatesTo(store));
        doNothing().when(deaf).onTaken(any());
        try (FakeNode node = new FakeNode("n1", deaf, clock);
                FakeNode other = new FakeNode("n2", store, clock)) {
            FakeSession session = sessionOf(node);
            FakeNode.Request request = node.own(session);
            letTimePassSince(session);
            FakeNode.Request there = other.foreign(session.getId()).set("user", "bob");
            assertThat(there.save()).isEqualTo(SaveOutcome.SAVED);

            request.does(() -> node.replication.destroyed(session));

            assertThat(there.set("user", "eve").save()).isEqualTo(SaveOutcome.SAVED);
        }
    }

    @Test
    void aLogoutPastTheFilterInACopyEndsTheSessionOfTheNodeThatHasTakenIt() {
        try (FakeNode node = new FakeNode("n1", store, clock);
                FakeNode other = new FakeNode("n2", store, clock)) {
            FakeSession session = sessionOf(node);
            FakeNode.Request request = node.own(session);
            FakeNode.Request there = other.foreign(session.getId());
            assertThat(there.save()).isEqualTo(SaveOutcome.SAVED);

            request.does(() -> node.replication.destroyed(session));

            assertThat(store.peek(session.getId())).isInstanceOf(Tombstone.class);
        }
    }

    @Test
    void aSessionThatWasLeftAndTimesOutInALongRequestLeavesWhatItBecameAlone() {
        try (FakeNode node = new FakeNode("n1", store, clock);
                FakeNode other = new FakeNode("n2", store, clock)) {
            String first = sessionOf(node).getId();
            FakeNode.Request request = other.foreign(first);
            FakeSession moved = other.move(request.session(), first);
            letTimePassSince(moved);

            request.does(() -> other.replication.destroyed(request.session()));

            assertThat(moved.isInvalid()).isFalse();
            assertThat(other.own(moved).get("user")).isEqualTo("ann");
        }
    }
}
