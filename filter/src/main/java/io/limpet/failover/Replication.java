package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Failover switched on. The container's session stays the live one; a shadow of it is kept in the store, and sessions
 * whose owner cannot serve are taken over.
 *
 * <p>Safe for use by any number of threads: each session's shadow is guarded by its own lock.
 */
public final class Replication implements Failover {

    private static final Logger LOG = System.getLogger(Replication.class.getName());

    private final SessionStore store;
    private final AttributeWriter attributes;
    private final LocalSessions sessions = new LocalSessions();
    private final Ownership ownership;
    private final Adoption adoption;
    private final Saving saving;
    private final Backlog backlog;
    private final boolean rejectUnsaved;

    /**
     * @param node this node's route
     * @param rejectUnsaved whether a request whose changes could not be stored in time is refused
     * @param patience how long a request waits for another one that saves the same session
     */
    public Replication(
            SessionStore store, Route node, SessionCodec codec, boolean rejectUnsaved, Duration patience, Clock clock) {
        this.store = store;
        this.rejectUnsaved = rejectUnsaved;
        this.attributes = new AttributeWriter(codec);
        this.ownership = new Ownership(store, node, clock);
        this.adoption = new Adoption(store, ownership, attributes, sessions);
        this.saving = new Saving(store, ownership, rejectUnsaved, patience, clock);
        this.backlog = new Backlog(clock, shadow -> save(shadow, Set.of()));
    }

    @Override
    public State state() {
        return store.state() == StoreState.HEALTHY && backlog.isEmpty() ? State.HEALTHY : State.DEGRADED;
    }

    @Override
    public Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open) {
        try {
            Optional<OpenedSession> adopted = sessions.byAlias(requestedIds);
            if (adopted.isPresent() && !isAnother(own, adopted.get())) {
                HttpSession session = adopted.get().session();
                boolean servable = own == null ? isServableByAlias(session) : isServable(session);
                return servable ? Arrival.follows(adopted.get()) : Arrival.ENDED;
            }
            if (own != null) {
                return isServable(own) ? Arrival.OWN : Arrival.ENDED;
            }
            if (requestedIds.isEmpty()) {
                return Arrival.NONE;
            }
            return requestedIds.stream().anyMatch(backlog::isEnding)
                    ? Arrival.ENDED
                    : adoption.adopt(requestedIds, open);
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "the store cannot tell whether a session exists: {0}", e.getMessage());
            return mayServeUnverified(own) ? Arrival.OWN : Arrival.UNKNOWN;
        }
    }

    /** Its saves are fenced, so that nothing is overwritten should another node own the session by now. */
    private boolean mayServeUnverified(@Nullable HttpSession own) {
        return own != null && !rejectUnsaved && sessions.byId(own.getId()).isPresent();
    }

    /** A session that the container found itself is what the client means, whatever else its cookie could mean. */
    private static boolean isAnother(@Nullable HttpSession own, OpenedSession adopted) {
        return own != null && !own.getId().equals(adopted.id());
    }

    /** Whether this node's copy may be served; one that was ended elsewhere is ended here, too. */
    private boolean isServable(HttpSession session) {
        Optional<Shadow> known = sessions.byId(session.getId());
        Optional<Shadow> shadow = known.isPresent() ? known : adoption.takeIn(session);
        if (shadow.isEmpty()) {
            session.invalidate();
            return false;
        }
        return shadow.get().verifiedIn == store.trustGeneration() || isOwned(shadow.get(), ownership::verify);
    }

    /** The id is another node's, to which the proxy would have gone back: only the store knows who has it now. */
    private boolean isServableByAlias(HttpSession session) {
        return sessions.byId(session.getId())
                .filter(shadow -> isOwned(shadow, ownership::ask))
                .isPresent();
    }

    private boolean isOwned(Shadow shadow, Function<Shadow, Ownership.Verdict> question) {
        Ownership.Verdict verdict;
        shadow.lock.lock();
        try {
            verdict = question.apply(shadow);
        } finally {
            shadow.lock.unlock();
        }
        if (verdict == Ownership.Verdict.ENDED) {
            drop(shadow); // not under the lock: the application's listeners run
            return false;
        }
        return true;
    }

    @Override
    public Visit visit(HttpSession session) {
        Shadow shadow = sessions.byId(session.getId()).orElseGet(() -> takeInNew(session));
        shadow.session = session;
        return new RequestVisit(shadow, touched -> save(shadow, touched));
    }

    private Shadow takeInNew(HttpSession session) {
        Shadow shadow = new Shadow(session, attributes, ownership.newEpoch());
        shadow.verifiedIn = store.trustGeneration();
        return sessions.add(session.getId(), shadow);
    }

    private SaveOutcome save(Shadow shadow, Set<String> touched) {
        SaveOutcome outcome = saving.save(shadow, touched);
        switch (outcome) {
            case QUEUED, REJECTED -> backlog.saveLater(shadow);
            case ENDED -> drop(shadow);
            case SAVED, UNCHANGED, CONFLICT -> {}
        }
        return outcome;
    }

    /** Dead in the store, so dead here: the container's session goes without another word to the store. */
    private void drop(Shadow shadow) {
        if (shadow.closed) {
            return;
        }
        shadow.closed = true;
        try {
            sessions.remove(shadow.session.getId(), shadow);
            shadow.session.invalidate();
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the container had already ended session {0}", ShortId.of(shadow.key()));
        }
    }

    @Override
    public HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        sessions.byId(session.getId()).ifPresent(this::leave);
        try {
            return adoption.adopt(requestedIds, open)
                    .adopted()
                    .map(OpenedSession::session)
                    .orElseThrow(() -> new IllegalStateException("the session was ended meanwhile"));
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException("the store cannot give the session back: " + e.getMessage(), e);
        }
    }

    /** The container's session stays for the requests that have it, and times out. */
    private void leave(Shadow shadow) {
        shadow.lock.lock();
        try {
            SaveOutcome saved = saving.save(shadow, Set.of());
            if (saved != SaveOutcome.SAVED && saved != SaveOutcome.UNCHANGED) {
                throw new IllegalStateException("the session cannot be saved before it moves: " + saved);
            }
            shadow.closed = true;
            sessions.remove(shadow.session.getId(), shadow);
        } finally {
            shadow.lock.unlock();
        }
    }

    @Override
    public void idChanged(HttpSession session, String oldId) {
        String newId = session.getId();
        sessions.byId(oldId).filter(shadow -> !oldId.equals(newId)).ifPresent(shadow -> {
            shadow.lock.lock();
            try {
                String oldKey = shadow.key();
                shadow.session = session;
                shadow.rename(newId);
                sessions.renamed(oldId, oldKey, newId, shadow);
            } finally {
                shadow.lock.unlock();
            }
        });
    }

    @Override
    public void attributeChanged(HttpSession session, String name) {
        sessions.byId(session.getId()).ifPresent(shadow -> {
            shadow.past().setInContainer(name);
            shadow.markTouched(name);
        });
    }

    @Override
    public SaveOutcome invalidated(HttpSession session) {
        String id = session.getId();
        Optional<Shadow> known = sessions.byId(id);
        if (known.isEmpty()) {
            return SaveOutcome.UNCHANGED;
        }
        Shadow shadow = known.get();
        Set<String> names = close(shadow, id);
        try {
            end(shadow);
            return SaveOutcome.ENDED;
        } catch (StoreUnavailableException e) {
            backlog.endAgain(names, () -> end(shadow));
            return rejectUnsaved ? SaveOutcome.REJECTED : SaveOutcome.QUEUED;
        }
    }

    private void end(Shadow shadow) {
        shadow.lock.lock();
        try {
            backlog.forget(shadow);
            if (shadow.everSent()) {
                ownership.end(shadow.key(), shadow.epoch());
            }
            for (String key : shadow.formerKeys()) {
                ownership.end(key, shadow.epoch());
            }
        } finally {
            shadow.lock.unlock();
        }
    }

    @Override
    public void destroyed(HttpSession session) {
        String id = session.getId();
        sessions.byId(id).ifPresent(shadow -> {
            Set<String> names = close(shadow, id);
            backlog.endSoon(names, () -> endIfOwned(shadow));
        });
    }

    private void endIfOwned(Shadow shadow) {
        shadow.lock.lock();
        try {
            ownership.endIfOwned(shadow);
        } finally {
            shadow.lock.unlock();
        }
    }

    /** Nothing of it is saved from here on; answers every name under which somebody may still ask for it. */
    private Set<String> close(Shadow shadow, String sessionId) {
        Set<String> names = shadow.names(sessionId);
        shadow.closed = true;
        sessions.remove(sessionId, shadow);
        return names;
    }

    @Override
    public void close() {
        backlog.close();
        store.close();
    }
}
