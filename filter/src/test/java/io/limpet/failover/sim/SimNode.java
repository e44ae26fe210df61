package io.limpet.failover.sim;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.Failover;
import io.limpet.failover.FakeSession;
import io.limpet.failover.OpenedSession;
import io.limpet.failover.ReplicationSettings;
import io.limpet.failover.SimulatedNode;
import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One node: a container of fake sessions with the real failover. A node that is killed is never used again. */
final class SimNode {

    final String name;
    final Failover failover;
    final Map<String, FakeSession> sessions = new LinkedHashMap<>();
    private final Map<String, SimLock> applicationLocks = new HashMap<>();
    private final Scheduler scheduler;
    private final Clock clock;
    private final Numbers numbers;
    private Runnable backlog = () -> {};
    boolean frozen;

    SimNode(String name, SimStore store, Scheduler scheduler, Scenario scenario, Clock clock, Numbers numbers) {
        this.name = name;
        this.scheduler = scheduler;
        this.clock = clock;
        this.numbers = numbers;
        this.failover = SimulatedNode.of(
                store,
                new Values.Codec(),
                new ReplicationSettings(new Route(name), scenario.reject(), Dirtiness.TOUCHED, Duration.ofSeconds(1)),
                clock,
                () -> new SimLock(scheduler),
                scheduler::pause,
                work -> backlog = work);
    }

    OpenedSession open() {
        FakeSession session = new FakeSession(name + "-" + numbers.next(), clock.millis());
        sessions.put(session.getId(), session);
        session.onEnd(() -> {
            sessions.remove(session.getId());
            failover.destroyed(session);
        });
        session.onChange(attribute -> failover.attributeChanged(session, attribute));
        return new OpenedSession(session, session.getId(), Optional.empty());
    }

    Optional<FakeSession> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** As a container does it at a login. */
    void rename(FakeSession session) {
        String old = session.getId();
        sessions.remove(old);
        session.rename(name + "-" + numbers.next());
        sessions.put(session.getId(), session);
        failover.idChanged(session, old);
    }

    /** Applications guard their own read-and-write of an attribute, however many sessions of the container hold it. */
    SimLock applicationLock(String account) {
        return applicationLocks.computeIfAbsent(account, key -> new SimLock(scheduler));
    }

    void workOffBacklog() {
        backlog.run();
    }
}
