package io.limpet.failover;

import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EndResult;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * The questions of who owns a session: is this copy still the owner's, take it back, end it. Called with the shadow's
 * lock held.
 */
final class Ownership {

    private static final Logger LOG = System.getLogger(Ownership.class.getName());
    private static final int MAX_CLAIMS = 3;

    /** What became of a session whose ownership was in question. */
    enum Verdict {
        /** This node owns it, and its copy is the current one. */
        OWNED,
        /** This node owns it, but the changes that it wanted to save contradict those of the node that had it meanwhile. */
        CONFLICT,
        /** It was invalidated. */
        ENDED
    }

    private final SessionStore store;
    private final Route node;
    private final EpochClock epochs;
    private final Clock clock;

    Ownership(SessionStore store, Route node, Clock clock) {
        this.store = store;
        this.node = node;
        this.epochs = new EpochClock(node, clock);
        this.clock = clock;
    }

    Route node() {
        return node;
    }

    /** An epoch for a session that is made here. */
    long newEpoch() {
        return epochs.next();
    }

    /** Claims the session that has, or had, this id. */
    ClaimResult claim(String id) {
        ClaimResult result = store.claim(id, new Claim(node, epochs.next(), clock.millis()));
        if (result instanceof ClaimResult.Claimed claimed) {
            epochs.observe(claimed.record().epoch());
        }
        return result;
    }

    /**
     * Makes sure that this node's copy is the owner's, whatever happened to the cluster since it was last sure.
     *
     * @throws StoreUnavailableException when the store cannot tell
     */
    Verdict verify(Shadow shadow) {
        return shadow.tenure.isTrusted(store.trustGeneration()) ? Verdict.OWNED : ask(shadow);
    }

    /**
     * Asks the store, however sure this node was before: for a client that comes with an id of another node, which may
     * have had the session back meanwhile.
     *
     * @throws StoreUnavailableException when the store cannot tell
     */
    Verdict ask(Shadow shadow) {
        long generation = store.trustGeneration();
        long takenIn = shadow.tenure.takenIn();
        LookupResult lookup = shadow.everSent() ? store.load(shadow.key()) : new LookupResult.Missing();
        Verdict verdict = Verdict.OWNED;
        if (lookup instanceof LookupResult.Ended) {
            return Verdict.ENDED;
        }
        if (lookup instanceof LookupResult.Missing) {
            shadow.startOver(); // missing is not dead: the next save brings all of it back
        } else if (lookup instanceof LookupResult.Found found) {
            Set<String> outOfDate = shadow.attributes.replaced.tainted();
            if (!found.record().ownedBy(node, shadow.epoch()) || !outOfDate.isEmpty()) {
                verdict = takeBack(shadow, shadow.attributes.captureAll(), outOfDate);
            } else if (found.record().version() < shadow.acknowledged()) {
                shadow.startOver(); // the cluster went back behind what it had acknowledged
            }
        }
        shadow.tenure.trust(generation, takenIn);
        return verdict;
    }

    /**
     * Looks whether the store still has what it has acknowledged of a session that this node owns as far as it knows.
     * Claims nothing, as nobody has asked for the session.
     *
     * @return whether it must be saved again
     * @throws StoreUnavailableException when the store cannot tell
     */
    boolean isLost(Shadow shadow) {
        if (shadow.closed || shadow.moving || shadow.tenure.isTaken() || !shadow.everSent()) {
            return false; // over, on its way, another node's, or not acknowledged yet
        }
        LookupResult lookup = store.load(shadow.key());
        if (lookup instanceof LookupResult.Ended) {
            return false;
        }
        if (lookup instanceof LookupResult.Found found && found.record().epoch() > shadow.epoch()) {
            return false; // whoever has it looks after it
        }
        boolean there = lookup instanceof LookupResult.Found found
                && found.record().ownedBy(node, shadow.epoch())
                && found.record().version() >= shadow.acknowledged();
        if (!there) {
            shadow.startOver();
        }
        return shadow.names.pointAgain() || !there;
    }

    /**
     * Another node has owned the session meanwhile: claims it again, takes in what that node changed, and keeps the
     * unsaved changes of this one where they do not contradict. The node that is serving a request right now is the
     * right owner.
     *
     * @param unsaved what this node has changed and not saved
     * @param refused attributes whose unsaved changes go in any case
     */
    Verdict takeBack(Shadow shadow, Delta unsaved, Set<String> refused) {
        ClaimResult result = claim(shadow.key());
        if (result instanceof ClaimResult.Claimed claimed) {
            boolean conflict = shadow.takeIn(claimed.record(), unsaved, refused);
            LOG.log(
                    Level.INFO,
                    "session {0} came back from node ''{1}''{2}",
                    ShortId.of(shadow.key()),
                    claimed.previousOwner(),
                    conflict ? "; changes of this node contradict and are refused" : "");
            return conflict ? Verdict.CONFLICT : Verdict.OWNED;
        }
        if (result instanceof ClaimResult.Ended) {
            return Verdict.ENDED;
        }
        shadow.startOver();
        return Verdict.OWNED;
    }

    /** Ends the session in the store, also when another node has claimed it meanwhile: a logout always wins. */
    void end(String key, long ownedEpoch) {
        long epoch = ownedEpoch;
        for (int i = 0; i < MAX_CLAIMS; i++) {
            if (store.end(key, new End(node, epoch, clock.millis())) != EndResult.FENCED) {
                return;
            }
            if (!(claim(key) instanceof ClaimResult.Claimed claimed)) {
                return;
            }
            epoch = claimed.record().epoch();
        }
        throw new StoreUnavailableException(
                "session " + ShortId.of(key) + " is claimed by other nodes again and again");
    }

    /** Ends the session in the store unless another node owns it by now. */
    void endIfOwned(Shadow shadow) {
        if (shadow.everSent()) {
            store.end(shadow.key(), new End(node, shadow.epoch(), clock.millis()));
        }
        shadow.names
                .formerKeys()
                .forEach((key, former) -> store.end(key, new End(node, former.epoch(), clock.millis())));
    }

    /**
     * Ends the session under the keys that it had before its id changed. Whoever has claimed it there meanwhile may have
     * changed it: that must not die with the key. Or he has ended it, and then it is over under the new key, too.
     *
     * @return OWNED when no former key is left or the session must be saved again
     */
    Verdict endFormerKeys(Shadow shadow) {
        Verdict verdict = Verdict.OWNED;
        for (Map.Entry<String, FormerKey> former : shadow.names.formerKeys().entrySet()) {
            switch (endFormerKey(shadow, former.getKey(), former.getValue().epoch())) {
                case OWNED -> {}
                case CONFLICT -> verdict = Verdict.CONFLICT;
                case ENDED -> {
                    endEverywhere(shadow);
                    return Verdict.ENDED;
                }
            }
        }
        return verdict;
    }

    private Verdict endFormerKey(Shadow shadow, String key, long epoch) {
        EndResult result = store.end(key, new End(node, epoch, clock.millis()));
        if (result == EndResult.ENDED_BEFORE) {
            return Verdict.ENDED;
        }
        if (result == EndResult.FENCED) {
            ClaimResult claim = claim(key);
            if (claim instanceof ClaimResult.Claimed claimed) {
                return shadow.takeInFormer(key, claimed.record(), shadow.attributes.captureAll())
                        ? Verdict.CONFLICT
                        : Verdict.OWNED;
            }
            if (claim instanceof ClaimResult.Ended) {
                return Verdict.ENDED;
            }
        }
        shadow.names.formerKeyEnded(key);
        return Verdict.OWNED;
    }

    /** Under each key that it has or had. */
    void endEverywhere(Shadow shadow) {
        if (shadow.everSent()) {
            end(shadow.key(), shadow.epoch());
        }
        shadow.names.formerKeys().forEach((key, former) -> end(key, former.epoch()));
    }
}
