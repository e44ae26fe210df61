package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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
    private final ReplicationSettings settings;
    private final AttributeWriter attributes;
    private final Threads threads;
    private final LocalSessions sessions = new LocalSessions();
    private final Ownership ownership;
    private final Adoption adoption;
    private final Saving saving;
    private final Moving moving;
    private final Backlog backlog;
    private final Ending ending;
    private final Rebalance rebalance;

    public Replication(SessionStore store, SessionCodec codec, ReplicationSettings settings, Clock clock) {
        this(new GuardedStore(store, settings.patience(), System::nanoTime), codec, settings, clock, new JvmThreads());
    }

    Replication(SessionStore store, SessionCodec codec, ReplicationSettings settings, Clock clock, Threads threads) {
        this.store = store;
        this.settings = settings;
        this.threads = threads;
        this.attributes = new AttributeWriter(codec);
        this.ownership = new Ownership(store, settings.node(), clock);
        this.adoption = new Adoption(store, ownership, attributes, sessions, threads, settings.patience());
        this.saving = new Saving(store, ownership, sessions, settings, clock);
        this.moving = new Moving(adoption, sessions, saving, threads.newLock(), settings.patience());
        this.backlog = new Backlog(clock, shadow -> save(shadow, Touches.NONE), threads);
        this.ending = new Ending(sessions, ownership, backlog, settings);
        this.rebalance = new Rebalance(
                sessions, clock, () -> state() == State.HEALTHY, shadow -> saving.save(shadow, Touches.NONE));
        store.onTaken(this::taken);
    }

    @Override
    public State state() {
        return store.state() == StoreState.HEALTHY && backlog.isEmpty() ? State.HEALTHY : State.DEGRADED;
    }

    @Override
    public Rebalance rebalance() {
        return rebalance;
    }

    @Override
    public long changesWithoutSet() {
        return attributes.changesWithoutSet();
    }

    @Override
    public Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open) {
        try {
            Optional<OpenedSession> adopted = own == null ? sessions.byAlias(requestedIds) : here(own, requestedIds);
            if (adopted.isPresent()) {
                HttpSession session = adopted.get().session();
                boolean servable = own == null ? isServableByAlias(session) : isServable(session);
                return servable ? Arrival.follows(adopted.get()) : Arrival.ENDED;
            }
            if (own != null && (sessions.isOver(own.getId()) || backlog.isEnding(own.getId()))) {
                return Arrival.ENDED;
            }
            if (own != null) {
                return isServable(own) ? Arrival.OWN : Arrival.ENDED;
            }
            if (requestedIds.isEmpty()) {
                return Arrival.NONE;
            }
            return requestedIds.stream().anyMatch(id -> backlog.isEnding(id) || sessions.isFormer(id))
                    ? Arrival.ENDED
                    : adopt(requestedIds, open);
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "the store cannot tell whether a session exists: {0}", e.getMessage());
            return mayServeUnverified(own) ? Arrival.OWN : Arrival.UNKNOWN;
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the container has just ended the session: {0}", e.getMessage());
            return Arrival.ENDED;
        }
    }

    private Arrival adopt(List<String> requestedIds, Supplier<OpenedSession> open) {
        Arrival arrival = adoption.adopt(requestedIds, open);
        return arrival.found() == Arrival.Found.UNKNOWN
                ? moving.afterwards(() -> adoption.adopt(requestedIds, open))
                : arrival;
    }

    /**
     * The session that this node has for the client, when it is not simply the one that the container found. That one is
     * what the client means, whatever else its cookie could mean, unless it was left for another one.
     */
    private Optional<OpenedSession> here(HttpSession own, List<String> requestedIds) {
        return sessions.isMoving(own.getId())
                ? moving.afterwards(() -> find(own, requestedIds))
                : find(own, requestedIds);
    }

    private Optional<OpenedSession> find(HttpSession own, List<String> requestedIds) {
        return sessions.byAlias(requestedIds)
                .filter(adopted -> own.getId().equals(adopted.id()))
                .or(() -> sessions.leftFor(own.getId())
                        .filter(now -> now.names.leadFrom(own.getId()))
                        .map(now -> new OpenedSession(now.session, now.session.getId(), now.cookie)));
    }

    /** Its saves are fenced, so that nothing is overwritten should another node own the session by now. */
    private boolean mayServeUnverified(@Nullable HttpSession own) {
        return own != null
                && !settings.rejectUnsaved()
                && sessions.byId(own.getId()).isPresent();
    }

    /** Whether this node's copy may be served; one that was ended elsewhere is ended here, too. */
    private boolean isServable(HttpSession session) {
        Optional<Shadow> known = sessions.byId(session.getId());
        Optional<Shadow> shadow = known.isPresent() ? known : adoption.takeIn(session);
        if (shadow.isEmpty()) {
            ending.end(session);
            return false;
        }
        return shadow.get().tenure.isTrusted(store.trustGeneration()) || isOwned(shadow.get(), ownership::verify);
    }

    /** The id is another node's, to which the proxy would have gone back: only the store knows who has it now. */
    private boolean isServableByAlias(HttpSession session) {
        return sessions.byId(session.getId())
                .filter(shadow -> isOwned(shadow, ownership::ask))
                .isPresent();
    }

    private boolean isOwned(Shadow shadow, Function<Shadow, Ownership.Verdict> question) {
        Ownership.Verdict verdict;
        shadow.lock.lockWithin(settings.patience());
        try {
            verdict = question.apply(shadow);
        } finally {
            shadow.lock.unlock();
        }
        if (verdict == Ownership.Verdict.ENDED) {
            ending.drop(shadow); // not under the lock: the application's listeners run
            return false;
        }
        return true;
    }

    @Override
    public Visit visit(HttpSession session) {
        Shadow shadow = sessions.byId(session.getId())
                .or(() -> sessions.whatWasLeft(session.getId()))
                .or(() -> sessions.whatIsEnding(session.getId()))
                .orElseGet(() -> takeInNew(session));
        shadow.session = session;
        return new RequestVisit(shadow, settings.dirtiness(), this::save, backlog::saveLater);
    }

    private Shadow takeInNew(HttpSession session) {
        Shadow shadow = new Shadow(session, attributes, threads.newLock(), ownership.newEpoch());
        shadow.tenure.trust(store.trustGeneration());
        return sessions.add(session.getId(), shadow);
    }

    private SaveOutcome save(Shadow shadow, Touches touches) {
        SaveOutcome outcome = shadow.moving ? moving.saveMoved(shadow, touches) : saving.save(shadow, touches);
        switch (outcome) {
            case BUSY, QUEUED, REJECTED -> backlog.saveLater(shadow);
            case ENDED -> ending.drop(shadow);
            case SAVED, UNCHANGED, CONFLICT -> {}
        }
        return outcome;
    }

    @Override
    public HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        return moving.move(session, requestedIds, open);
    }

    @Override
    public void idChanged(HttpSession session, String oldId) {
        if (oldId.equals(session.getId())) {
            return;
        }
        Optional<Shadow> live = sessions.byId(oldId);
        live.ifPresent(shadow -> moving.rename(shadow, session, oldId));
        if (live.isEmpty()) {
            sessions.whatWasLeft(oldId).ifPresent(shadow -> moving.renameLeft(shadow, session, oldId));
            sessions.whatIsEnding(oldId).ifPresent(shadow -> sessions.endingAs(session.getId(), oldId, shadow));
        }
    }

    @Override
    public void attributeChanged(HttpSession session, String name) {
        sessions.byId(session.getId()).ifPresent(shadow -> {
            shadow.attributes.past().setInContainer(name);
            shadow.attributes.markAssigned(name);
        });
    }

    @Override
    public SaveOutcome invalidated(HttpSession session) {
        return ending.invalidated(session);
    }

    @Override
    public void destroyed(HttpSession session) {
        ending.destroyed(session);
    }

    /** Another node has claimed a session: from now on the copy here is served only after a look at the store. */
    private void taken(Taken taken) {
        if (taken.by().equals(settings.node())) {
            return;
        }
        if (sessions.byKey(taken.key()).isEmpty()) {
            adoption.nobodyHeard(); // before the second look: a copy that is made just now finds this or is found
        }
        sessions.byKey(taken.key())
                .filter(shadow -> shadow.tenure.taken(taken.epoch()))
                .ifPresent(shadow -> shadow.markMoved(taken.by()));
    }

    @Override
    public void close() {
        backlog.close();
        store.close();
    }
}
