package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Three nodes on one store. */
final class ThreeNodes {

    final InMemorySessionStore store = new InMemorySessionStore();
    final FakeNode n1 = new FakeNode("n1", store, Clock.systemUTC());
    final FakeNode n2 = new FakeNode("n2", store, Clock.systemUTC());
    final FakeNode n3 = new FakeNode("n3", store, Clock.systemUTC());

    /** A session of n1, saved. */
    FakeSession sessionWithCart(String... items) {
        FakeNode.Request request = n1.fresh();
        request.set("cart", new ArrayList<>(List.of(items)));
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        request.over();
        return request.session();
    }

    void close() {
        n1.close();
        n2.close();
        n3.close();
    }
}
