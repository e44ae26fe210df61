package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.Taken;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Failover switched on. The container's session stays the live one; a shadow of it is kept in the store, and sessions
 * whose owner cannot serve are taken over.
 *
 * <p>Safe for use by any number of threads: each session's shadow is guarded by its own lock.
 */
public final class Replication implements Failover {

    private final SessionStore store;
    private final ReplicationSettings settings;
    private final AttributeWriter attributes;
    private final Threads threads;
    private final RequestVisit.Node visits;
    private final LocalSessions sessions = new LocalSessions();
    private final Ownership ownership;
    private final Adoption adoption;
    private final Saving saving;
    private final Moving moving;
    private final Arriving arriving;
    private final Restoring restoring;
    private final Backlog backlog;
    private final Ending ending;
    private final Rebalance rebalance;

    public Replication(SessionStore store, SessionCodec codec, ReplicationSettings settings, Clock clock) {
        this(store, codec, settings, clock, new JvmThreads());
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
        this.restoring = new Restoring(store, sessions, ownership, this::saveLater, clock);
        this.backlog = new Backlog(clock, new SavesAgain(), restoring::work, threads);
        this.visits = new RequestVisit.Node(settings.dirtiness(), this::save, backlog::saveLater, clock);
        this.ending = new Ending(sessions, ownership, moving, backlog, settings, clock);
        this.arriving = new Arriving(store, sessions, ownership, adoption, moving, backlog, ending, settings);
        this.rebalance = new Rebalance(
                sessions, clock, () -> state() == State.HEALTHY, shadow -> saving.save(shadow, Touches.NONE));
        store.onTaken(this::taken);
    }

    private final class SavesAgain implements Backlog.Saves {
        @Override
        public SaveOutcome save(Shadow shadow) {
            return Replication.this.save(shadow, Touches.NONE);
        }

        @Override
        public Object keepers(Shadow shadow) {
            return store.keepers(shadow.key());
        }
    }

    @Override
    public State state() {
        // in this order: what has been looked up is in the backlog by then
        boolean whole = restoring.isDone() && backlog.isEmpty();
        return whole && store.state() == StoreState.HEALTHY ? State.HEALTHY : State.DEGRADED;
    }

    @Override
    public Rebalance rebalance() {
        return rebalance;
    }

    @Override
    public void leavingWhen(BooleanSupplier soon) {
        backlog.leavingWhen(soon);
    }

    @Override
    public long changesWithoutSet() {
        return attributes.changesWithoutSet();
    }

    @Override
    public Work work() {
        return new RequestWork(sessions);
    }

    @Override
    public Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open) {
        return arriving.arrive(own, requestedIds, open);
    }

    @Override
    public Visit visit(HttpSession session) {
        Optional<Shadow> known = sessions.byId(session.getId());
        Shadow shadow = known.isPresent() ? known.get() : takeInLeftOrNew(session);
        if (shadow.session != session) {
            shadow.session = session; // a session's requests have it on several processors at once, where the same is
        }
        return new RequestVisit(shadow, visits);
    }

    private Shadow takeInLeftOrNew(HttpSession session) {
        String id = session.getId();
        return sessions.whatWasLeft(id).or(() -> sessions.whatIsEnding(id)).orElseGet(() -> takeInNew(session));
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

    private void saveLater(Shadow shadow) {
        backlog.saveLater(shadow);
    }

    @Override
    public HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        return moving.move(session, requestedIds, open);
    }

    @Override
    public void idChanged(HttpSession session, String oldId) {
        if (oldId.equals(session.getId()) || isKnown(session, oldId)) {
            return;
        }
        Optional<Shadow> live = sessions.byId(oldId);
        live.ifPresent(shadow -> moving.rename(shadow, session, oldId));
        if (live.isEmpty()) {
            sessions.whatWasLeft(oldId).ifPresent(shadow -> moving.renameLeft(shadow, session, oldId));
            sessions.whatIsEnding(oldId).ifPresent(shadow -> sessions.endingAs(session.getId(), oldId, shadow));
        }
    }

    /** Told before, by the container's listener or by the wrapper, and waiting for the session's lock. */
    private boolean isKnown(HttpSession session, String oldId) {
        Optional<Shadow> now = sessions.byId(session.getId());
        return now.isPresent() && now.equals(sessions.byId(oldId));
    }

    @Override
    public void attributeChanged(HttpSession session, String name) {
        if (name.equals(Shadow.MOVED_TO)) {
            return; // ours, and never saved: it must not have every later request look at the session
        }
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
                .ifPresent(shadow -> {
                    sessions.settled(shadow);
                    backlog.doSoon(() -> shadow.markMoved(taken.by())); // where listeners may take their time
                });
    }

    @Override
    public void close() {
        backlog.close();
        store.close();
    }
}
