package io.limpet.failover;

import io.limpet.failover.protocol.SessionStore;
import java.time.Clock;

/** Two nodes on one store. */
final class TwoNodes implements AutoCloseable {

    final FakeNode n1;
    final FakeNode n2;

    TwoNodes(SessionStore store) {
        this(store, Clock.systemUTC());
    }

    TwoNodes(SessionStore store, Clock clock) {
        n1 = new FakeNode("n1", store, clock);
        n2 = new FakeNode("n2", store, clock);
    }

    @Override
    public void close() {
        n1.close();
        n2.close();
    }
}
