package io.limpet.failover;

import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which session a request that arrives is about, and whether this node may serve it. Safe for use by any number of threads. */
final class Arriving {

    private static final Logger LOG = System.getLogger(Arriving.class.getName());

    private final SessionStore store;
    private final LocalSessions sessions;
    private final Ownership ownership;
    private final Adoption adoption;
    private final Moving moving;
    private final Backlog backlog;
    private final Ending ending;
    private final ReplicationSettings settings;

    Arriving(
            SessionStore store,
            LocalSessions sessions,
            Ownership ownership,
            Adoption adoption,
            Moving moving,
            Backlog backlog,
            Ending ending,
            ReplicationSettings settings) {
        this.store = store;
        this.sessions = sessions;
        this.ownership = ownership;
        this.adoption = adoption;
        this.moving = moving;
        this.backlog = backlog;
        this.ending = ending;
        this.settings = settings;
    }

    /** See {@link Failover#arrive}. */
    Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open) {
        try {
            Optional<OpenedSession> adopted = own == null ? byAlias(requestedIds) : here(own, requestedIds);
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
        Arrival arrival = adoption.adopt(requestedIds, open).arrival();
        return arrival.found() == Arrival.Found.UNKNOWN
                ? moving.afterwards(() -> adoption.adopt(requestedIds, open).arrival())
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
        return byAlias(requestedIds)
                .filter(adopted -> own.getId().equals(adopted.id()))
                .or(() -> sessions.leftFor(own.getId())
                        .filter(now -> now.names.leadFrom(own.getId()))
                        .map(now -> new OpenedSession(now.session, now.session.getId(), now.cookie)));
    }

    private Optional<OpenedSession> byAlias(List<String> requestedIds) {
        return sessions.byAlias(requestedIds).map(LocalSessions.Alias::session);
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
        sessions.settled(shadow);
        if (verdict == Ownership.Verdict.ENDED) {
            ending.drop(shadow); // not under the lock: the application's listeners run
            return false;
        }
        return true;
    }
}
