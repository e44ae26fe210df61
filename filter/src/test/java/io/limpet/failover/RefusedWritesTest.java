package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code on-store-failure=reject}, and a node that is cut off and does not know it yet: what its application has changed
 * by then is refused, which says that nobody promises it, and not that it is undone.
 */
class RefusedWritesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final InMemorySessionStore memory = new InMemorySessionStore();
    private final SessionStore store = mock(SessionStore.class, delegatesTo(memory));
    private final FakeNode cutOff = new FakeNode("n1", store, Clock.systemUTC(), true);
    private final FakeNode majority = new FakeNode("n2", memory, Clock.systemUTC(), true);
    private final FakeNode third = new FakeNode("n3", memory, Clock.systemUTC(), true);
    private final FakeSession session = sessionOfTheOneThatIsCutOff();
    private volatile boolean apart;

    @AfterEach
    void close() {
        cutOff.close();
        majority.close();
        third.close();
    }

    private FakeSession sessionOfTheOneThatIsCutOff() {
        doAnswer(call -> {
                    if (apart) {
                        throw new StoreUnavailableException("the others do not answer");
                    }
                    return memory.save(call.getArgument(0), call.<Save>getArgument(1));
                })
                .when(store)
                .save(anyString(), any());
        FakeNode.Request request = cutOff.fresh().set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        request.over();
        return request.session();
    }

    private void isRefused(String name, String value) {
        apart = true;
        FakeNode.Request request = cutOff.own(session).set(name, value);
        assertThat(request.save()).isEqualTo(SaveOutcome.REJECTED);
        request.over();
    }

    private void whenTheyHaveMet() {
        apart = false;
        await().atMost(LIMIT).until(() -> cutOff.replication.state() == Failover.State.HEALTHY);
    }

    @Test
    void aRefusedWriteOfASessionThatNobodyTookComesBack() {
        isRefused("address", "Harbour 1");

        whenTheyHaveMet();

        assertThat(third.foreign(session.getId()).get("address")).isEqualTo("Harbour 1");
    }

    @Test
    void oneOfASessionThatTheOthersTookComesBackWhereTheyLeftTheAttributeAsItWas() {
        isRefused("address", "Harbour 1");
        assertThat(majority.foreign(session.getId()).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        whenTheyHaveMet();

        FakeNode.Request after = third.foreign(session.getId());
        assertThat(after.get("address")).isEqualTo("Harbour 1");
        assertThat(after.get("user")).isEqualTo("bob");
    }

    @Test
    void whereTheyChangedTheSameAttributeTheirsStaysAndTheRefusedOneIsNowhere() {
        isRefused("user", "eve");
        assertThat(majority.foreign(session.getId()).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        whenTheyHaveMet();

        assertThat(third.foreign(session.getId()).get("user")).isEqualTo("bob");
        assertThat(cutOff.own(session).get("user")).isEqualTo("bob");
    }

    @Test
    void oneOfASessionThatTheOthersEndedIsNowhere() {
        isRefused("address", "Harbour 1");
        majority.replication.invalidated(majority.foreign(session.getId()).session());

        whenTheyHaveMet();

        assertThat(third.foreign(session.getId()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(cutOff.own(session).arrival.found()).isEqualTo(Found.ENDED);
    }

    @Test
    void aNodeThatKnowsTurnsRequestsAwayBeforeTheApplicationSeesThem() {
        memory.distrust(); // as when the others have left
        memory.available(false);

        assertThat(cutOff.own(session).arrival.found()).isEqualTo(Found.UNKNOWN);

        memory.available(true);
    }
}
