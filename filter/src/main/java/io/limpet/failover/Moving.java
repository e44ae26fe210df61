package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.StoreUnavailableException;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Moves a session from one session of this container into another one, for a request that needs it for itself. Requests
 * that still hold the first one go on with it: what they change is carried over, or refused where the moved session has
 * changed meanwhile.
 */
final class Moving {

    /** A move asks the store several times, and runs listeners of the application. */
    static final Duration LONGEST_MOVE = Duration.ofSeconds(10);

    /** Held while a session is on its way; moves are rare. */
    private final HandoverLock moves;

    private final Adoption adoption;
    private final LocalSessions sessions;
    private final Saving saving;
    private final Duration patience;

    /** @param patience how long a request waits for another one that saves the same session */
    Moving(Adoption adoption, LocalSessions sessions, Saving saving, Lock moves, Duration patience) {
        this.patience = patience;
        this.moves = new HandoverLock(moves);
        this.adoption = adoption;
        this.sessions = sessions;
        this.saving = saving;
    }

    /** @throws IllegalStateException when the session was ended, or the store cannot take or give it */
    HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        if (!moves.isLockedWithin(LONGEST_MOVE)) {
            throw new IllegalStateException("another session is on its way for too long");
        }
        try {
            return moveAlone(session, requestedIds, open);
        } finally {
            moves.unlock();
        }
    }

    /**
     * Looks, or adopts, when no session of this container is on its way into another one.
     *
     * @throws StoreUnavailableException when one is for too long; also what the look throws
     */
    <T> T afterwards(Supplier<T> look) {
        return afterwards(LONGEST_MOVE, look);
    }

    /**
     * The same for those who must not wait that long.
     *
     * @throws StoreUnavailableException when one still is after this time; also what the look throws
     */
    <T> T afterwards(Duration longest, Supplier<T> look) {
        moves.lockWithin(longest);
        try {
            return look.get();
        } finally {
            moves.unlock();
        }
    }

    /** Does this when no session of this container is on its way into another one, without waiting for that. */
    void whenDone(Runnable work) {
        moves.underLock(Duration.ZERO, work);
    }

    private HttpSession moveAlone(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open) {
        Optional<Shadow> left = sessions.byId(session.getId());
        left.ifPresent(this::leave);
        try {
            Adopted adopted = adoption.adopt(requestedIds, open);
            OpenedSession moved = adopted.arrival().adopted().orElseThrow(Moving::endedMeanwhile);
            if (adopted.shadow().filter(became -> became.over).isPresent()) {
                left.ifPresent(Shadow::end); // who came by another id has ended it: what was left must not live again
                throw endedMeanwhile();
            }
            left.ifPresent(shadow -> shadow.movedTo = adopted.shadow());
            return moved.session();
        } catch (StoreUnavailableException e) {
            throw new IllegalStateException("the store cannot give the session back: " + e.getMessage(), e);
        } finally {
            left.filter(shadow -> shadow.movedTo.isEmpty()).ifPresent(this::stay);
        }
    }

    private static IllegalStateException endedMeanwhile() {
        return new IllegalStateException("the session was ended meanwhile");
    }

    /** The container's session stays for the requests that have it, and times out. */
    private void leave(Shadow shadow) {
        if (!shadow.lock.isLockedWithin(patience)) {
            throw new IllegalStateException("another request is saving the session");
        }
        try {
            if (shadow.isBeingRenamed()) {
                throw new IllegalStateException("another request has just given the session a new id");
            }
            SaveOutcome saved = saving.save(shadow, Touches.NONE);
            if (saved != SaveOutcome.SAVED && saved != SaveOutcome.UNCHANGED) {
                throw new IllegalStateException("the session cannot be saved before it moves: " + saved);
            }
            shadow.moving = true;
            shadow.closed = true;
            sessions.moved(shadow);
            if (shadow.over) { // by somebody who did not wait for the lock, and may be done by now
                shadow.moving = false;
                sessions.forgetMoved(shadow.session.getId());
                throw endedMeanwhile();
            }
        } finally {
            shadow.lock.unlock();
        }
    }

    /** It went nowhere. */
    private void stay(Shadow shadow) {
        shadow.lock.underLock(patience, () -> {
            String id = shadow.session.getId();
            shadow.moving = false;
            if (!shadow.over) {
                shadow.closed = false;
                sessions.add(id, shadow); // first: nobody shall find it nowhere
            }
            if (shadow.over) { // it was ended on its way: before that look, or since
                shadow.closed = true;
                sessions.remove(id, shadow);
            }
            sessions.forgetMoved(id);
        });
    }

    /**
     * The container gave the session a new id; the old one must find it no more. Requests find it by the new one from the
     * first moment on, also while a save of it is under way: they would take it in as a session that nobody knows. A save
     * that does not end in time, as it waits for a lock that the caller may hold, does the rest itself when it ends.
     */
    void rename(Shadow shadow, HttpSession session, String oldId) {
        sessions.alsoById(session.getId(), shadow).ifPresent(tooEarly -> {
            tooEarly.movedTo = Optional.of(shadow);
            tooEarly.moving = true;
        });
        shadow.lock.underLock(patience, () -> renameLocked(shadow, session, oldId));
    }

    private void renameLocked(Shadow shadow, HttpSession session, String oldId) {
        String newId = session.getId(); // by now it may have got another one
        Set<String> oldNames = shadow.names.all(oldId);
        if (oldNames.remove(newId)) {
            sessions.alsoFormer(oldId, shadow);
            return;
        }
        String oldKey = shadow.key();
        shadow.session = session;
        shadow.rename(newId);
        sessions.renamed(oldNames, oldKey, shadow);
    }

    /**
     * The container renamed a session that was left already: what its client has now leads nowhere, and the request is
     * refused. Of two logins at the same time one counts.
     */
    void renameLeft(Shadow left, HttpSession session, String oldId) {
        left.renamedTooLate = true;
        sessions.leftAs(session.getId(), oldId, left);
    }

    /**
     * Carries over what a request changed in the session that was left, and saves it there.
     *
     * @return CONFLICT when the moved session has other changes of the same attributes
     */
    SaveOutcome saveMoved(Shadow left, Touches touches) {
        if (left.movedTo.isEmpty()) {
            return left.moving ? postponed(left, touches) : saving.save(left, touches); // it went nowhere in the end
        }
        if (left.renamedTooLate) {
            return SaveOutcome.CONFLICT;
        }
        Shadow now = whereItIs(left);
        Set<String> names = new HashSet<>();
        boolean busy;
        if (!left.lock.isLockedWithin(patience)) {
            return postponed(left, touches);
        }
        try {
            Delta delta = left.attributes.capture(touches, false);
            names.addAll(delta.changed());
            names.addAll(delta.removed());
            names.removeAll(left.attributes.replaced.tainted());
            boolean outOfDate = left.attributes.replaced.concerns(touches.names(), touches.since());
            if (outOfDate || (!names.isEmpty() && !carryOver(left, now, new HashSet<>(names)))) {
                return SaveOutcome.CONFLICT;
            }
            left.settled(delta);
            busy = !delta.busy().isEmpty();
        } catch (StoreUnavailableException e) {
            return postponed(left, touches);
        } catch (IllegalStateException e) {
            return SaveOutcome.ENDED; // one of the container's two sessions is over
        } finally {
            left.lock.unlock();
        }
        SaveOutcome saved = saving.save(now, new Touches(names, names, Long.MAX_VALUE));
        if (left.carried.hasLostAnyOf(touches.names())) {
            return SaveOutcome.CONFLICT;
        }
        boolean done = saved == SaveOutcome.SAVED || saved == SaveOutcome.UNCHANGED;
        return busy && done ? SaveOutcome.BUSY : saved; // what changes all the time has not followed yet
    }

    private SaveOutcome postponed(Shadow left, Touches touches) {
        touches.names().forEach(left.attributes::markTouched);
        return saving.unsaved();
    }

    private static Shadow whereItIs(Shadow left) {
        Shadow now = left;
        while (now.movedTo.isPresent()) { // each move makes a new one: it ends
            now = now.movedTo.get();
        }
        return now;
    }

    private boolean carryOver(Shadow left, Shadow now, Set<String> names) {
        now.lock.lockWithin(patience);
        try {
            Delta theirs = now.attributes.capture(new Touches(names, Set.of(), Long.MAX_VALUE), false);
            names.removeIf(name -> left.session.getAttribute(name) != null
                    && left.session.getAttribute(name) == now.session.getAttribute(name)); // carried over before
            boolean changedThere = names.stream()
                    .anyMatch(name -> theirs.changes(name) || !left.attributes.isSavedAsIn(now.attributes, name));
            if (changedThere) {
                return false;
            }
            for (String name : names) {
                Object value = left.session.getAttribute(name);
                now.attributes.replaced.add(name); // who has read it there must not write over it
                if (value == null) {
                    now.session.removeAttribute(name);
                } else {
                    now.session.setAttribute(name, value);
                }
            }
            left.carried.add(names, now.attributes.replaced);
            return true;
        } finally {
            now.lock.unlock();
        }
    }
}
