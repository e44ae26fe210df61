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
    private final boolean rejectUnsaved;
    private final Clock clock;

    Saving(SessionStore store, Ownership ownership, boolean rejectUnsaved, Clock clock) {
        this.store = store;
        this.ownership = ownership;
        this.rejectUnsaved = rejectUnsaved;
        this.clock = clock;
    }

    /** @param touched attributes that the request read or set */
    SaveOutcome save(Shadow shadow, Set<String> touched) {
        shadow.lock.lock();
        try {
            return shadow.closed ? SaveOutcome.ENDED : saveLocked(shadow, touched);
        } catch (StoreUnavailableException e) {
            LOG.log(
                    Level.DEBUG,
                    "session {0} is not saved yet: {1}; trying again",
                    ShortId.of(shadow.key()),
                    e.getMessage());
            return rejectUnsaved ? SaveOutcome.REJECTED : SaveOutcome.QUEUED;
        } catch (IllegalStateException e) {
            // the container invalidated the session between two looks at it (HttpSession answers nothing from then on)
            return SaveOutcome.ENDED;
        } finally {
            shadow.lock.unlock();
        }
    }

    private SaveOutcome saveLocked(Shadow shadow, Set<String> touched) {
        Delta delta = shadow.capture(touched);
        if (delta.isEmpty() && !shadow.metaChanged(clock.millis())) {
            shadow.settled();
            return SaveOutcome.UNCHANGED;
        }
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            pointToRecord(shadow);
            Save save = shadow.toSave(delta, ownership.node(), clock.millis());
            switch (store.save(shadow.key(), save)) {
                case SAVED -> {
                    shadow.acknowledged(delta, save);
                    endFormerKeys(shadow);
                    return SaveOutcome.SAVED;
                }
                case ENDED -> {
                    return SaveOutcome.ENDED;
                }
                case MISSING -> shadow.startOver();
                case FENCED -> {
                    Ownership.Verdict verdict = ownership.takeBack(shadow, delta);
                    if (verdict != Ownership.Verdict.OWNED) {
                        return verdict == Ownership.Verdict.ENDED ? SaveOutcome.ENDED : SaveOutcome.CONFLICT;
                    }
                }
            }
            delta = shadow.capture(touched);
        }
        throw new StoreUnavailableException("the session is claimed by other nodes again and again");
    }

    /** The record is kept under the session's first id; later ones must lead there before a client knows them. */
    private void pointToRecord(Shadow shadow) {
        long now = clock.millis();
        List<String> ids = shadow.pointersDue(now);
        for (String id : ids) {
            store.point(id, shadow.key(), shadow.session.getMaxInactiveInterval());
        }
        if (!ids.isEmpty()) {
            shadow.pointed(now);
        }
    }

    private void endFormerKeys(Shadow shadow) {
        for (String key : shadow.formerKeys()) {
            ownership.end(key, shadow.epoch());
        }
        shadow.formerKeysEnded();
    }
}
