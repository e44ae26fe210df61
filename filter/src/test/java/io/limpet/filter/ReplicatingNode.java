package io.limpet.filter;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.JavaSessionCodec;
import io.limpet.failover.Replication;
import io.limpet.failover.ReplicationSettings;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The node n1, which replicates its sessions into a store of its own. */
final class ReplicatingNode implements AutoCloseable {

    private static final Route N1 = new Route("n1");

    final InMemorySessionStore store = new InMemorySessionStore();
    final JavaSessionCodec codec = new JavaSessionCodec(List.of(), ReplicatingNode.class.getClassLoader());
    final Replication replication;

    /** One that serves what it cannot save. */
    ReplicatingNode() {
        this(false, Duration.ofSeconds(1));
    }

    /** @param storeTimeout how long a request waits for the store */
    ReplicatingNode(boolean rejectUnsaved, Duration storeTimeout) {
        ReplicationSettings settings = new ReplicationSettings(N1, rejectUnsaved, Dirtiness.TOUCHED, storeTimeout);
        replication = new Replication(store, codec, settings, Clock.systemUTC());
    }

    /** A request of the container's arrives. */
    Exchange exchange(HttpServletRequest request, HttpServletResponse response) {
        return new Exchange(request, response, new SessionTagger(new PlainRoutes(), N1, "JSESSIONID"), replication);
    }

    @Override
    public void close() {
        replication.close();
    }
}
