package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.StoreUnavailableException;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Ends sessions: in the store what was ended here, and here what was ended in the store. */
final class Ending {

    private static final Logger LOG = System.getLogger(Ending.class.getName());

    private final LocalSessions sessions;
    private final Ownership ownership;
    private final Moving moving;
    private final Backlog backlog;
    private final ReplicationSettings settings;
    private final Clock clock;

    Ending(
            LocalSessions sessions,
            Ownership ownership,
            Moving moving,
            Backlog backlog,
            ReplicationSettings settings,
            Clock clock) {
        this.sessions = sessions;
        this.ownership = ownership;
        this.moving = moving;
        this.backlog = backlog;
        this.settings = settings;
        this.clock = clock;
    }

    /** The application ends the session; see {@link Failover#invalidated}. */
    SaveOutcome invalidated(HttpSession session) {
        String id = session.getId();
        Optional<Shadow> moved = sessions.byId(id).isPresent() ? Optional.empty() : sessions.leftFor(id);
        Optional<Shadow> known = moved.or(() -> sessions.whatWasLeft(id)) // it is on its way
                .or(() -> sessions.byId(id)) // or has come back from it just now
                .or(() -> sessions.whatIsEnding(id));
        if (known.isEmpty()) {
            return SaveOutcome.UNCHANGED;
        }
        Shadow shadow = known.get();
        sessions.ending(id, shadow);
        sessions.ending(shadow.session.getId(), shadow); // the one that it became, if it was left
        Set<String> names = close(shadow);
        if (!session.getId().equals(id)) { // by a login in between
            sessions.endingAs(session.getId(), id, shadow);
        }
        try {
            end(shadow, Moving.LONGEST_MOVE);
            return SaveOutcome.ENDED;
        } catch (StoreUnavailableException e) {
            backlog.endAgain(names, longestMove -> end(shadow, longestMove));
            return settings.rejectUnsaved() ? SaveOutcome.REJECTED : SaveOutcome.QUEUED;
        } finally {
            // the caller ends the one that it has, and nobody would end what that became
            moved.ifPresent(it -> end(it.session));
            forgetIfOver(session, id, shadow);
        }
    }

    /** Another logout has ended it in the container meanwhile, which tells of that once: perhaps before this one began. */
    private void forgetIfOver(HttpSession session, String id, Shadow shadow) {
        try {
            session.getCreationTime(); // throws when it is over
        } catch (IllegalStateException e) {
            sessions.ended(id);
            sessions.ended(session.getId());
            sessions.ended(shadow.session.getId());
        }
    }

    /** @throws StoreUnavailableException when the store has not taken all of it */
    private void end(Shadow shadow, Duration longestMove) {
        try {
            locked(shadow, () -> {
                backlog.forget(shadow);
                ownership.endEverywhere(shadow);
            });
        } finally {
            if (shadow.moving) { // it went on its way before anybody knew of its end
                endWhatItBecomes(shadow, longestMove);
            }
        }
    }

    /** Not under the lock: the move needs it to come back, and the application's listeners run. */
    private void endWhatItBecomes(Shadow left, Duration longestMove) {
        Optional<Shadow> now = moving.afterwards(longestMove, () -> left.movedTo);
        if (now.isEmpty() && left.moving) { // a listener within the move has ended it
            throw new StoreUnavailableException("the session is on its way into another one; trying again");
        }
        now.ifPresent(became -> {
            sessions.ending(became.session.getId(), became);
            boolean ended = backlog.endNow(close(became), longestMove, longest -> end(became, longest));
            end(became.session); // nobody else would
            if (!ended) {
                throw new StoreUnavailableException("the store has not taken the end of what the session has become");
            }
        });
    }

    /** @throws StoreUnavailableException when it is saved for longer than the store may take; also what the work throws */
    private void locked(Shadow shadow, Runnable work) {
        shadow.lock.lockWithin(settings.patience());
        try {
            work.run();
        } finally {
            shadow.lock.unlock();
        }
    }

    /** The container ended the session; see {@link Failover#destroyed}. */
    void destroyed(HttpSession session) {
        String id = session.getId();
        Optional<Shadow> live = sessions.byId(id);
        boolean isEnding = sessions.whatIsEnding(id).isPresent(); // whoever ends it ends what it became, too
        Optional<Shadow> left = isEnding || live.isPresent() ? Optional.empty() : sessions.whatWasLeft(id);
        if (!isEnding && live.isEmpty() && left.isEmpty()) {
            live = sessions.byId(id); // it has come back from its way between the two looks
        }
        live.ifPresent(
                shadow -> sessions.ending(id, shadow)); // first: who still has it shall not take it for a new one
        try {
            live.ifPresent(shadow -> ended(session, shadow));
            left.ifPresent(shadow -> leftBehind(session, shadow));
        } finally {
            sessions.ended(id);
        }
    }

    private void ended(HttpSession session, Shadow shadow) {
        boolean idle = isIdle(session);
        boolean timedOut = idle && isUnused(session, shadow);
        Optional<RequestWork> applications = RequestThreads.hereFor(shadow).filter(work -> !timedOut);
        Set<String> names = close(shadow);
        if (applications.isPresent() && !idle) {
            endNow(names, longestMove -> end(shadow, longestMove), applications.get());
        } else if (shadow.moving) { // it has gone since it was found: what it becomes is not the container's to end
            moving.whenDone(() -> endIfItCameBack(shadow, timedOut));
        } else if (applications.isPresent()) {
            // Tomcat ends a session that is idle by its account inside a request of it, too: that is no word to others
            endNow(names, longestMove -> endIfOwned(shadow), applications.get());
        } else if (shadow.tenure.isTaken()) {
            return; // a stale copy that times out, or makes room, is not the session
        } else if (timedOut) {
            backlog.timedOut(names, () -> endIfOwned(shadow));
        } else {
            backlog.endSoon(names, () -> endIfOwned(shadow));
        }
    }

    /** It goes on in another one of this container, unless a request of it has ended what it still had. */
    private void leftBehind(HttpSession session, Shadow left) {
        boolean idle = isIdle(session);
        Optional<RequestWork> applications = RequestThreads.hereFor(left).filter(work -> !idle);
        if (applications.isPresent()) {
            Shadow now = sessions.leftFor(session.getId()).orElse(left); // or it is on its way
            sessions.ending(now.session.getId(), now);
            endNow(close(now), longestMove -> end(now, longestMove), applications.get());
            if (now != left) {
                end(now.session); // nobody else would
            }
        } else if (left.movedTo.isEmpty()) {
            boolean timedOut = idle && isUnused(session, left);
            moving.whenDone(() -> endIfItCameBack(left, timedOut));
        }
    }

    /** The container has ended it while it was on its way, and only now it shows whether it has gone anywhere. */
    private void endIfItCameBack(Shadow left, boolean timedOut) {
        if (left.movedTo.isPresent()) {
            return;
        }
        Set<String> names = close(left);
        if (timedOut) {
            backlog.timedOut(names, () -> endIfOwned(left));
        } else {
            backlog.endSoon(names, () -> endIfOwned(left));
        }
    }

    private void endNow(Set<String> names, Backlog.End end, RequestWork work) {
        if (!backlog.endNow(names, Moving.LONGEST_MOVE, end) && settings.rejectUnsaved()) {
            work.refuse();
        }
    }

    /** By the container's account alone, by which it ends sessions: also while a request of them is at work. */
    private boolean isIdle(HttpSession session) {
        try {
            int seconds = session.getMaxInactiveInterval();
            return seconds > 0 && clock.millis() - session.getLastAccessedTime() >= seconds * 1_000L;
        } catch (IllegalStateException e) {
            return false; // of what it is ending this container tells nothing
        }
    }

    /** The container may not tell of the last request: Jetty's and Tomcat's last access may be that of the one before. */
    private boolean isUnused(HttpSession session, Shadow shadow) {
        long millis = session.getMaxInactiveInterval() * 1_000L;
        return shadow.visits.open() == 0 && clock.millis() - shadow.visits.lastAt() >= millis;
    }

    private void endIfOwned(Shadow shadow) {
        locked(shadow, () -> ownership.endIfOwned(shadow));
    }

    /** Dead in the store, so dead here: the container's session goes without another word to the store. */
    void drop(Shadow shadow) {
        if (!shadow.closed) {
            shadow.end();
            sessions.ending(shadow.session.getId(), shadow);
            sessions.remove(shadow.session.getId(), shadow);
            end(shadow.session);
        }
    }

    /** Ends the container's session. */
    void end(HttpSession session) {
        try {
            session.invalidate();
        } catch (IllegalStateException e) {
            sessions.ended(session.getId());
            LOG.log(Level.DEBUG, "the container had already ended session {0}", ShortId.of(session.getId()));
        }
    }

    /** Nothing of it is saved from here on; answers every name under which somebody may still ask for it. */
    private Set<String> close(Shadow shadow) {
        String sessionId = shadow.session.getId();
        Set<String> names = shadow.names.all(sessionId);
        shadow.end();
        sessions.remove(sessionId, shadow);
        return names;
    }
}
