package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.Tombstone;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A request ends the container's own session, past the wrapper, while others have it or it has moved. */
class EndPastTheFilterTest {

    private final InMemorySessionStore memory = new InMemorySessionStore();
    private final SessionStore store = mock(SessionStore.class, delegatesTo(memory));

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(store);

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;
    private final String first = n1.sessionWith("user", "ann").getId();
    private final FakeNode.Request adopter = n2.foreign(first);

    @Test
    void theEndOfASessionThatWasLeftEndsWhatItBecame() {
        FakeSession moved = n2.move(adopter.session(), first);

        adopter.does(() -> n2.replication.destroyed(adopter.session()));

        assertThat(memory.peek(first)).isInstanceOf(Tombstone.class);
        assertThat(n2.foreign(moved.getId()).hasSession()).isFalse();
        assertThat(moved.isInvalid()).isTrue();
    }

    @Test
    void ofSeveralMovesItEndsTheLast() {
        FakeSession second = n2.move(adopter.session(), first);
        FakeSession third = n2.move(second, first);

        adopter.does(() -> n2.replication.destroyed(adopter.session()));

        assertThat(memory.peek(first)).isInstanceOf(Tombstone.class);
        assertThat(third.isInvalid()).isTrue();
    }

    @Test
    void aSessionThatWasLeftAndTimesOutLeavesTheOtherAlone() {
        FakeSession moved = n2.move(adopter.session(), first);

        n2.replication.destroyed(adopter.session());

        assertThat(moved.isInvalid()).isFalse();
        assertThat(n2.own(moved).get("user")).isEqualTo("ann");
    }

    @Test
    void whoStillHasTheSessionWhileTheStoreIsToldDoesNotTakeItForANewOne() {
        FakeSession session = adopter.session();
        assertThat(adopter.save()).isEqualTo(SaveOutcome.SAVED);
        List<SaveOutcome> late = new ArrayList<>();
        doAnswer(call -> {
                    session.setAttribute("user", "eve");
                    Visit visit = n2.replication.visit(session);
                    visit.changed("user");
                    late.add(visit.save());
                    return memory.end(call.getArgument(0), call.<End>getArgument(1));
                })
                .when(store)
                .end(anyString(), any());

        adopter.does(() -> n2.replication.destroyed(session));

        assertThat(late).containsOnly(SaveOutcome.ENDED).isNotEmpty();
        assertThat(memory.peek(first)).isInstanceOf(Tombstone.class);
    }
}
