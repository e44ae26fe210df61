package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A node with a container of fake sessions, on a store that it shares with others. */
final class FakeNode implements AutoCloseable {

    /** One request, from its arrival to its save. */
    final class Request {
        final Arrival arrival;
        private final Optional<FakeSession> session;
        private final Optional<Visit> visit;
        private final Work work = replication.work();

        private Request(Optional<FakeSession> own, List<String> requestedIds) {
            arrival = replication.arrive(own.orElse(null), requestedIds, FakeNode.this::open);
            session = arrival.adopted()
                    .map(adopted -> (FakeSession) adopted.session())
                    .or(() -> own)
                    .filter(found -> !found.isInvalid());
            visit = session.map(replication::visit);
            own.ifPresent(work::concerns);
            session.ifPresent(work::concerns);
        }

        /** What the application does for the request. */
        Request does(Runnable what) {
            Work.AtWork here = work.begin();
            try (here) {
                what.run();
            }
            return this;
        }

        boolean mustBeRefused() {
            return work.mustBeRefused();
        }

        FakeSession session() {
            return session.orElseThrow();
        }

        boolean hasSession() {
            return session.isPresent();
        }

        Object get(String name) {
            Object value = session().getAttribute(name);
            if (value == null) {
                throw new AssertionError("no attribute " + name);
            }
            visit.orElseThrow().read(name, value);
            return value;
        }

        Request set(String name, Object value) {
            session().setAttribute(name, value);
            visit.orElseThrow().changed(name);
            return this;
        }

        SaveOutcome save() {
            return visit.orElseThrow().save();
        }

        void over() {
            visit.orElseThrow().over();
        }

        Visit.Identity identity() {
            return visit.orElseThrow().identity();
        }
    }

    final Replication replication;
    final AtomicInteger opened = new AtomicInteger();
    private final String name;
    private final Clock clock;
    private Consumer<FakeSession> onOpen = session -> {};

    FakeNode(String name, SessionStore store, Clock clock) {
        this(name, store, clock, false);
    }

    FakeNode(String name, SessionStore store, Clock clock, boolean rejectUnsaved) {
        this(name, store, clock, rejectUnsaved, Dirtiness.TOUCHED, FakeNode.class.getClassLoader());
    }

    FakeNode(String name, SessionStore store, Clock clock, Dirtiness dirtiness) {
        this(name, store, clock, false, dirtiness, FakeNode.class.getClassLoader());
    }

    /** A node of an application with its own classes. */
    FakeNode(String name, SessionStore store, Clock clock, ClassLoader application) {
        this(name, store, clock, false, Dirtiness.TOUCHED, application);
    }

    private FakeNode(
            String name,
            SessionStore store,
            Clock clock,
            boolean rejectUnsaved,
            Dirtiness dirtiness,
            ClassLoader application) {
        this.name = name;
        this.clock = clock;
        JavaSessionCodec codec = new JavaSessionCodec(List.of("io.limpet.failover.**"), application);
        ReplicationSettings settings =
                new ReplicationSettings(new Route(name), rejectUnsaved, dirtiness, Duration.ofSeconds(1));
        this.replication = new Replication(store, codec, settings, clock);
    }

    private OpenedSession open() {
        FakeSession session = new FakeSession(name + "-" + opened.incrementAndGet(), clock.millis());
        session.onChange(attribute -> replication.attributeChanged(session, attribute));
        onOpen.accept(session);
        return new OpenedSession(session, session.getId(), Optional.empty());
    }

    /** What the container does with each session that it makes. */
    void onOpen(Consumer<FakeSession> listener) {
        onOpen = listener;
    }

    /** The session that a request for this id has for itself from now on. */
    FakeSession move(FakeSession session, String requestedId) {
        return (FakeSession) replication.move(session, List.of(requestedId), this::open);
    }

    /** A first request, which makes a session. */
    Request fresh() {
        return new Request(Optional.of((FakeSession) open().session()), List.of());
    }

    /** A session that a first request has made, and saved with this attribute. */
    FakeSession sessionWith(String attribute, String value) {
        Request request = fresh().set(attribute, value);
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        return request.session();
    }

    /** A session that somebody made and filled in the container itself. */
    FakeSession sessionPastTheFilter(String attribute, Object value) {
        FakeSession session = (FakeSession) open().session();
        session.setAttribute(attribute, value);
        return session;
    }

    /** A request whose session this container has. */
    Request own(FakeSession session) {
        return new Request(Optional.of(session), List.of(session.getId()));
    }

    /** A request with an id that this container does not know. */
    Request foreign(String id) {
        return new Request(Optional.empty(), List.of(id));
    }

    @Override
    public void close() {
        replication.close();
    }
}
