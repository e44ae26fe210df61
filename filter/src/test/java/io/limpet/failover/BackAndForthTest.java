package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.InMemorySessionStore;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two living nodes between which a session goes back and forth, as it does when proxies lose sight of one. */
class BackAndForthTest {

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final FakeNode n1 = new FakeNode("n1", store, Clock.systemUTC());
    private final FakeNode n2 = new FakeNode("n2", store, Clock.systemUTC());

    @AfterEach
    void close() {
        n1.close();
        n2.close();
    }

    @Test
    void anIdOfTheOtherNodeFindsWhatThatNodeHasChangedSince() {
        FakeNode.Request first = n1.fresh();
        first.set("n", 1).save();
        String id = first.session().getId();
        FakeNode.Request adopted = n2.foreign(id);
        adopted.save();

        // n1 has it back, by the id of n2, and changes it under its own
        n1.foreign(adopted.session().getId()).save();
        n1.own(first.session()).set("n", 2).save();

        assertThat(n2.foreign(id).get("n")).isEqualTo(2);
    }

    @Test
    void anIdOfTheOtherNodeFindsNothingOnceThatNodeHasEndedTheSession() {
        FakeNode.Request first = n1.fresh();
        first.set("n", 1).save();
        String id = first.session().getId();
        n2.foreign(id).save();

        n1.replication.invalidated(first.session());

        assertThat(n2.foreign(id).hasSession()).isFalse();
    }
}
