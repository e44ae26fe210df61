package io.limpet.failover;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rebuilds a session that another node held. Parallel requests for the same session meet at one latch per id: one of
 * them claims the record and makes the container's session, the others are given it.
 */
final class Adoption {

    private static final Logger LOG = System.getLogger(Adoption.class.getName());

    /** A claim is bounded by the store's own time-out; this bounds those who wait for a claim. */
    private static final Duration WAIT = Duration.ofSeconds(10);

    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 50;

    private static final int LATCHES = 64;

    private final SessionStore store;
    private final Ownership ownership;
    private final AttributeWriter attributes;
    private final LocalSessions sessions;
    private final Threads threads;
    private final Duration patience;
    private final List<HandoverLock> latches;
    private final Map<String, Meeting> underWay = new ConcurrentHashMap<>();
    /** How often this node was told of a claim of a session of which it has no copy, or none yet. */
    private final AtomicLong unheard = new AtomicLong();

    /** What was known when a claim was sent: a copy that is made of its answer is no more trustworthy than that. */
    private record Sent(long generation, long unheard) {}

    Adoption(
            SessionStore store,
            Ownership ownership,
            AttributeWriter attributes,
            LocalSessions sessions,
            Threads threads,
            Duration patience) {
        this.store = store;
        this.ownership = ownership;
        this.attributes = attributes;
        this.sessions = sessions;
        this.threads = threads;
        this.patience = patience;
        this.latches = Stream.generate(() -> new HandoverLock(threads.newLock()))
                .limit(LATCHES)
                .toList();
    }

    /**
     * @param requestedIds the forms in which a container may have named what the client asks for, best first
     * @return UNKNOWN when the session is just on its way from one session of this container into another
     * @throws StoreUnavailableException when the store cannot tell whether the session exists
     */
    Adopted adopt(List<String> requestedIds, Supplier<OpenedSession> open) {
        Meeting mine = new Meeting(threads.newLock(), store.trustGeneration());
        return mine.lead(() -> {
            Meeting first = underWay.putIfAbsent(requestedIds.get(0), mine);
            if (first != null) {
                Adopted found = first.follow(WAIT);
                // halves of the cluster that met since it was asked may have brought the session along
                return found.arrival().found() == Found.NONE && first.generation != store.trustGeneration()
                        ? adopt(requestedIds, open)
                        : found;
            }
            try {
                return sessions.byAlias(requestedIds)
                        .map(alias -> Adopted.of(
                                Arrival.follows(alias.session()),
                                alias.shadow())) // another thread was done just before the latch
                        .orElseGet(() -> claim(requestedIds, open));
            } finally {
                underWay.remove(requestedIds.get(0), mine);
            }
        });
    }

    private Adopted claim(List<String> requestedIds, Supplier<OpenedSession> open) {
        Sent sent = sending();
        for (String id : requestedIds) {
            ClaimResult result = claimPatiently(id);
            if (result instanceof ClaimResult.Claimed claimed) {
                return rebuild(requestedIds, claimed, () -> make(requestedIds, claimed, open, sent));
            }
            if (result instanceof ClaimResult.Ended) {
                return Adopted.nothing(Arrival.ENDED);
            }
        }
        return Adopted.nothing(Arrival.NONE);
    }

    /** A member that was just killed makes the first call fail: nobody has the session but the store, so it waits a little. */
    private ClaimResult claimPatiently(String id) {
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                return ownership.claim(id);
            } catch (StoreUnavailableException e) {
                threads.pause(PAUSE_MILLIS * i);
            }
        }
        return ownership.claim(id);
    }

    private Adopted rebuild(List<String> requestedIds, ClaimResult.Claimed claimed, Supplier<Adopted> anew) {
        if (sessions.isFormer(claimed.key())) {
            return Adopted.nothing(Arrival.ENDED); // it got a new id while this claim was made
        }
        // two of a session's ids, asked for at the same time, are one session
        HandoverLock latch = latches.get(Math.floorMod(claimed.key().hashCode(), LATCHES));
        latch.lockWithin(WAIT);
        try {
            Optional<Adopted> here =
                    sessions.byKey(claimed.key()).flatMap(shadow -> refresh(requestedIds, claimed, shadow));
            return here.orElseGet(anew);
        } finally {
            latch.unlock();
        }
    }

    /** The session has a copy here, from an earlier time as its owner or under another of its ids: that one goes on. */
    private Optional<Adopted> refresh(List<String> requestedIds, ClaimResult.Claimed claimed, Shadow shadow) {
        shadow.lock.lockWithin(patience);
        try {
            if (!sessions.isKnown(shadow, claimed.key()) || shadow.isBeingRenamed()) {
                // it was ended, or got a new id at a login, while this claim was made; or another request took it along
                return Optional.of(Adopted.nothing(shadow.moving ? Arrival.UNKNOWN : Arrival.ENDED));
            }
            if (claimed.record().epoch() > shadow.epoch()) {
                shadow.takeIn(claimed.record(), shadow.attributes.captureAll(), shadow.attributes.replaced.tainted());
            }
            if (ownership.verify(shadow) == Ownership.Verdict.ENDED) {
                return Optional.of(Adopted.nothing(Arrival.ENDED));
            }
            OpenedSession session = new OpenedSession(shadow.session, shadow.session.getId(), shadow.cookie);
            sessions.addAliases(requestedIds, shadow, session);
            return Optional.of(Adopted.of(Arrival.returns(session, claimed.previousOwner()), shadow));
        } catch (IllegalStateException e) {
            sessions.remove(shadow.session.getId(), shadow); // it has just timed out in the container
            return Optional.empty();
        } finally {
            shadow.lock.unlock();
        }
    }

    private Adopted make(
            List<String> requestedIds, ClaimResult.Claimed claimed, Supplier<OpenedSession> open, Sent sent) {
        OpenedSession opened = open.get();
        HttpSession session = opened.session();
        Shadow shadow = new Shadow(session, attributes, threads.newLock(), claimed);
        shadow.load(claimed.record());
        shadow.cookie = opened.cookie();
        add(session, shadow, sent);
        sessions.addAliases(requestedIds, shadow, opened);
        activate(session);
        LOG.log(
                Level.INFO,
                "session {0} of node ''{1}'' is adopted as {2}",
                ShortId.of(claimed.key()),
                claimed.previousOwner(),
                ShortId.of(session.getId()));
        return Adopted.of(Arrival.makes(opened, claimed.previousOwner()), shadow);
    }

    /**
     * Takes in a session that the container has and this node knows nothing of: made past the filter, or read back by the
     * container from its own disk, where it may be older than what the cluster has.
     *
     * @return empty when the session was ended meanwhile
     * @throws StoreUnavailableException when the store cannot tell
     */
    Optional<Shadow> takeIn(HttpSession session) {
        HandoverLock latch = latches.get(Math.floorMod(session.getId().hashCode(), LATCHES));
        latch.lockWithin(WAIT);
        try {
            Optional<Shadow> known = sessions.byId(session.getId()); // another request was first
            return known.isPresent() ? known : takeInAlone(session);
        } finally {
            latch.unlock();
        }
    }

    private Optional<Shadow> takeInAlone(HttpSession session) {
        Sent sent = sending();
        ClaimResult result = ownership.claim(session.getId());
        if (result instanceof ClaimResult.Ended) {
            return Optional.empty();
        }
        Shadow shadow;
        if (result instanceof ClaimResult.Claimed claimed) {
            for (String name : new ArrayList<>(Collections.list(session.getAttributeNames()))) {
                if (!claimed.record().attributes().containsKey(name)) {
                    session.removeAttribute(name);
                }
            }
            shadow = new Shadow(session, attributes, threads.newLock(), claimed);
            shadow.load(claimed.record());
        } else {
            shadow = new Shadow(session, attributes, threads.newLock(), ownership.newEpoch());
        }
        return Optional.of(add(session, shadow, sent));
    }

    private Sent sending() {
        return new Sent(store.trustGeneration(), unheard.get());
    }

    /** Somebody claimed a session that is not here: perhaps one whose claim by this node has not been answered yet. */
    void nobodyHeard() {
        unheard.incrementAndGet();
    }

    private Shadow add(HttpSession session, Shadow shadow, Sent sent) {
        shadow.tenure.distrust(); // not yet: from here on it hears what is said of it
        Shadow kept = sessions.add(session.getId(), shadow);
        if (unheard.get() == sent.unheard()) {
            shadow.tenure.trust(sent.generation());
        }
        return kept;
    }

    private static void activate(HttpSession session) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        for (String name : Collections.list(session.getAttributeNames())) {
            try {
                if (session.getAttribute(name) instanceof HttpSessionActivationListener listener) {
                    listener.sessionDidActivate(event);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, "attribute '" + name + "' of an adopted session failed to be activated", e);
            }
        }
    }
}
