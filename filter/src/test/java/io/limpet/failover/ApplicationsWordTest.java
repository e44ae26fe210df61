package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Tombstone;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose word it is when the container ends a session: the application's, when one of the session's requests is at work there. */
class ApplicationsWordTest {

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final FakeNode node = new FakeNode("n1", store, Clock.systemUTC());
    private final FakeNode other = new FakeNode("n2", store, Clock.systemUTC());
    private final FakeSession session = sessionOf(node);

    @AfterEach
    void close() {
        node.close();
        other.close();
        store.close();
    }

    private static FakeSession sessionOf(FakeNode node) {
        FakeNode.Request request = node.fresh().set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        request.over();
        return request.session();
    }

    private void end() {
        node.replication.destroyed(session);
    }

    @Test
    void whatARequestEndsOfItsOwnIsDeadEverywhereBeforeItsAnswerAlsoWhileTheNodeDrains() {
        node.replication.leavingWhen(() -> true);

        node.own(session).does(this::end);

        assertThat(store.peek(session.getId())).isInstanceOf(Tombstone.class);
        assertThat(other.foreign(session.getId()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(node.foreign(session.getId()).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void itIsKeptUntilASilentStoreTakesItAlsoWhileTheNodeDrains() {
        node.replication.leavingWhen(() -> true);
        FakeNode.Request request = node.own(session);
        store.available(false);

        request.does(this::end);
        assertThat(request.mustBeRefused()).as("served").isFalse();
        assertThat(node.foreign(session.getId()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(node.replication.state()).isEqualTo(Failover.State.DEGRADED);

        store.available(true);
        await().atMost(Duration.ofSeconds(10)).until(() -> store.peek(session.getId()) instanceof Tombstone);
    }

    // Undertow makes room on the thread of whoever needs it; an application may stop its own server
    @Test
    void whatTheContainerEndsOnTheThreadOfAnotherSessionsRequestLivesOnElsewhere() {
        node.own(sessionOf(node)).does(this::end);

        assertThat(store.peek(session.getId())).isInstanceOf(SessionRecord.class);
        assertThat(other.foreign(session.getId()).get("user")).isEqualTo("ann");
    }

    @Test
    void whatTheContainerEndsOnTheThreadOfARequestWithoutASessionLivesOnElsewhere() {
        node.foreign("unknown").does(this::end);

        assertThat(other.foreign(session.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
    }

    @Test
    void aRequestThatWorksWithinAnotherOneIsAtWorkForBoth() {
        FakeNode.Request outer = node.own(session);
        FakeSession inner = sessionOf(node);

        outer.does(() ->
                node.own(inner).does(() -> node.replication.destroyed(inner)).does(() -> outer.does(this::end)));

        assertThat(store.peek(inner.getId())).isInstanceOf(Tombstone.class);
        assertThat(store.peek(session.getId())).isInstanceOf(Tombstone.class);
    }

    @Test
    void aForwardWithinARequestLeavesTheRestOfItAtWork() {
        FakeNode.Request request = node.own(session);

        request.does(() -> {
            request.does(() -> {});
            end();
        });

        assertThat(store.peek(session.getId())).isInstanceOf(Tombstone.class);
    }

    @Test
    void whatTheContainerEndsOnAnotherThreadMeanwhileIsNotIt() {
        node.own(session).does(() -> CompletableFuture.runAsync(this::end).join());

        assertThat(other.foreign(session.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
    }

    @Test
    void whatTheContainerEndsWhenTheRequestIsOverIsNotIt() {
        node.own(session).does(() -> {});
        end();

        assertThat(other.foreign(session.getId()).arrival.found()).isEqualTo(Found.ADOPTED);
    }

    @Test
    void aStaleCopyThatTheContainerMakesRoomByIsNotTheSessionOnWhicheverThread() {
        assertThat(other.foreign(session.getId()).arrival.found()).isEqualTo(Found.ADOPTED);

        node.own(sessionOf(node)).does(this::end);

        assertThat(store.peek(session.getId())).isNotInstanceOf(Tombstone.class);
    }

    @Test
    void whatARequestEndsOfItsOwnIsDeadAlsoWhenItHasANewIdByThen() {
        FakeNode.Request request = node.own(session);
        String before = session.getId();

        request.does(() -> {
            session.rename("n1-after-login");
            node.replication.idChanged(session, before);
            end();
        });

        assertThat(other.foreign("n1-after-login").hasSession()).isFalse();
        assertThat(other.foreign(before).arrival.found()).isEqualTo(Found.ENDED);
    }
}
