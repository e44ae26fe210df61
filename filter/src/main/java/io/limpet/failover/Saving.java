package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Saves a session's changes before the response leaves: a fenced save, sent whole when the store has lost its base, and
 * taken back first when another node has claimed the session meanwhile.
 */
final class Saving {

    private static final Logger LOG = System.getLogger(Saving.class.getName());
    private static final int MAX_ATTEMPTS = 4;

    private final SessionStore store;
    private final Ownership ownership;
    private final LocalSessions sessions;
    private final ReplicationSettings settings;
    private final Clock clock;

    Saving(SessionStore store, Ownership ownership, LocalSessions sessions, ReplicationSettings settings, Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.sessions = sessions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Saves what has changed. */
    SaveOutcome save(Shadow shadow, Touches touches) {
        if (isQuiet(shadow, touches)) {
            return SaveOutcome.UNCHANGED;
        }
        if (!shadow.lock.isLockedWithin(settings.patience())) { // together they wait no longer than one would alone
            touches.names().forEach(shadow.attributes::markTouched);
            return postponed(shadow, touches);
        }
        try {
            if (shadow.moving) {
                // it left while this request waited for the lock
                touches.names().forEach(shadow.attributes::markTouched);
                return unsaved();
            }
            if (shadow.closed) {
                return SaveOutcome.ENDED;
            }
            return saveLocked(shadow, touches);
        } catch (StoreUnavailableException e) {
            LOG.log(
                    Level.DEBUG,
                    "session {0} is not saved yet: {1}; trying again",
                    ShortId.of(shadow.key()),
                    e.getMessage());
            shadow.startOver(); // it may have arrived all the same: what the store has is not known any more
            return postponed(shadow, touches);
        } catch (IllegalStateException e) {
            // the container invalidated the session between two looks at it (HttpSession answers nothing from then on)
            return SaveOutcome.ENDED;
        } finally {
            shadow.lock.unlock();
        }
    }

    private boolean isQuiet(Shadow shadow, Touches touches) {
        try {
            return shadow.isQuiet(touches, clock.millis());
        } catch (IllegalStateException e) {
            return false; // the container has ended it: to be seen with the lock
        }
    }

    /** What it made of values that are out of date shall be served to nobody: the next request asks the store first. */
    private SaveOutcome postponed(Shadow shadow, Touches touches) {
        if (isOutOfDate(shadow, touches)) {
            shadow.tenure.distrust();
        }
        return unsaved();
    }

    private static boolean isOutOfDate(Shadow shadow, Touches touches) {
        return shadow.attributes.replaced.concerns(touches.names(), touches.since());
    }

    /** What a request is told whose changes have to wait. */
    SaveOutcome unsaved() {
        return settings.rejectUnsaved() ? SaveOutcome.REJECTED : SaveOutcome.QUEUED;
    }

    /**
     * The request has worked with values that another node's have replaced meanwhile: what it made of them goes.
     *
     * @throws StoreUnavailableException when the store cannot tell what they were replaced by
     */
    private SaveOutcome refused(Shadow shadow, Set<String> names) {
        return outcomeOf(takeBack(shadow, shadow.attributes.captureAll(), names));
    }

    private Ownership.Verdict takeBack(Shadow shadow, Delta unsaved, Set<String> refused) {
        Ownership.Verdict verdict = ownership.takeBack(shadow, unsaved, refused);
        sessions.settled(shadow);
        return verdict;
    }

    private SaveOutcome saveLocked(Shadow shadow, Touches touches) {
        Delta delta = shadow.capture(touches);
        if (isOutOfDate(shadow, touches)) {
            return refused(shadow, touches.names());
        }
        if (delta.isEmpty() && !shadow.metaChanged(clock.millis())) {
            shadow.settled(delta);
            return delta.busy().isEmpty() ? SaveOutcome.UNCHANGED : SaveOutcome.BUSY;
        }
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            Set<String> outOfDate = delta.whole() ? shadow.attributes.replaced.tainted() : Set.of();
            if (!outOfDate.isEmpty() && touches.equals(Touches.NONE)) {
                // the request that made them may be gone; if not, it is refused all the same
                Ownership.Verdict verdict = takeBack(shadow, shadow.attributes.captureAll(), outOfDate);
                if (verdict != Ownership.Verdict.OWNED) {
                    return outcomeOf(verdict);
                }
                delta = shadow.capture(touches);
                continue;
            }
            if (!outOfDate.isEmpty()) {
                throw new StoreUnavailableException("it must be sent whole, and waits for a request that is refused");
            }
            if (delta.whole() && delta.busy().stream().anyMatch(shadow.attributes::isStored)) {
                // without it the value before would be lost
                throw new StoreUnavailableException(
                        "it must be sent whole, and " + delta.busy() + " changes all the time");
            }
            pointToRecord(shadow);
            Save save = shadow.toSave(delta, ownership.node(), clock.millis());
            switch (store.save(shadow.key(), save)) {
                case SAVED -> {
                    shadow.acknowledged(delta, save);
                    Ownership.Verdict former = ownership.endFormerKeys(shadow);
                    if (former != Ownership.Verdict.OWNED) {
                        return outcomeOf(former);
                    }
                    if (shadow.names.formerKeys().isEmpty()) {
                        sessions.forgetFormer(shadow);
                        return delta.busy().isEmpty() ? SaveOutcome.SAVED : SaveOutcome.BUSY;
                    }
                }
                case ENDED -> {
                    return SaveOutcome.ENDED;
                }
                case MISSING -> shadow.startOver();
                case FENCED -> {
                    Ownership.Verdict verdict = takeBack(shadow, delta, Set.of());
                    if (verdict != Ownership.Verdict.OWNED) {
                        return outcomeOf(verdict);
                    }
                }
            }
            delta = shadow.capture(touches);
            if (isOutOfDate(shadow, touches)) {
                // while the store was asked another request, which knew only an older value, has set what this one has
                return refused(shadow, touches.names());
            }
        }
        throw new StoreUnavailableException("the session is claimed by other nodes again and again");
    }

    private static SaveOutcome outcomeOf(Ownership.Verdict refusal) {
        return refusal == Ownership.Verdict.ENDED ? SaveOutcome.ENDED : SaveOutcome.CONFLICT;
    }

    /** The record is kept under the session's first id; later ones must lead there before a client knows them. */
    private void pointToRecord(Shadow shadow) {
        long now = clock.millis();
        List<String> ids = shadow.names.pointersDue(now, shadow.session.getMaxInactiveInterval());
        for (String id : ids) {
            store.point(id, shadow.key(), shadow.session.getMaxInactiveInterval());
        }
        if (!ids.isEmpty()) {
            shadow.names.pointed(now);
        }
    }
}
