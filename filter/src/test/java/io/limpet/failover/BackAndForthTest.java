package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.InMemorySessionStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two living nodes between which a session goes back and forth, as it does when proxies lose sight of one. */
class BackAndForthTest {

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(new InMemorySessionStore());

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;

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
