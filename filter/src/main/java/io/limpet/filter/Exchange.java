package io.limpet.filter;

import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import io.limpet.failover.OpenedSession;
import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the filter, from its arrival until its response has left; forwards, includes and
 * asynchronous dispatches belong to it, while an error page begins its own. It knows the container's own request and response, which the wrappers hide.
 *
 * <p>Used by one thread at a time, as the request itself (Jakarta Servlet 6.0 §2.3.3.4), but for {@link #beforeCommit}: an
 * asynchronous request may write while the thread that began it leaves the filter.
 */
final class Exchange {

    /** A container may append more than one segment of its own to the id, behind which it also finds the session. */
    private static final int MAX_SEGMENTS = 3;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final SessionTagger tagger;
    private final Failover failover;
    private final String uri;

    private @Nullable HttpSession adopted;
    private @Nullable LimpetSession session;
    private @Nullable GuardedAsync async;
    private boolean adoptedSession;
    private boolean mustRefuse;
    private boolean refused;

    Exchange(HttpServletRequest request, HttpServletResponse response, SessionTagger tagger, Failover failover) {
        this.request = request;
        this.response = response;
        this.tagger = tagger;
        this.failover = failover;
        this.uri = request.getRequestURI();
    }

    /**
     * The exchange that a dispatch goes on with, known by our wrapper in the request.
     *
     * @return empty when the request arrives, when it is dispatched to an error page, for which containers take their own
     *     request, or when another application forwards to this one
     */
    static Optional<Exchange> of(ServletRequest dispatched, Failover failover) {
        ServletRequest layer = dispatched;
        while (layer instanceof ServletRequestWrapper wrapper) {
            if (layer instanceof LimpetRequest ours && ours.exchange().failover == failover) {
                return Optional.of(ours.exchange());
            }
            layer = wrapper.getRequest();
        }
        return Optional.empty();
    }

    /** A URL that the container has encoded, with this node's route behind the session's id in it. */
    String tagUrl(String encoded) {
        return tagger.tagUrl(encoded, request);
    }

    /** The id that the client asked for as the application knows it: a route of the container's own belongs to it. */
    String withoutRoute(String requestedId) {
        HttpSession own = request.getSession(false);
        return own != null && own.getId().equals(requestedId) ? requestedId : tagger.withoutRoute(requestedId);
    }

    /** Finds the session that the request asks for, here or in the cluster; answers how. */
    Arrival arrive() {
        HttpSession own = request.getSession(false);
        if (own != null && failover.replicates()) {
            tagger.cookie().learn(request, own);
        }
        Arrival arrival = failover.arrive(own, requestedIds(), this::open);
        arrival.adopted().ifPresent(session -> {
            adoptedSession = true;
            if (!arrival.made()) {
                adopted = session.session(); // the container has not tied it to this request
                sendCookie(session);
            }
        });
        tagger.sync(request, response);
        return arrival;
    }

    private OpenedSession open() {
        HttpSession opened = request.getSession(true);
        tagger.sync(request, response);
        return new OpenedSession(opened, opened.getId(), tagger.sessionCookie(response));
    }

    /** The client still uses the id of another node: it is told the new one again, the first answer may have got lost. */
    private void sendCookie(OpenedSession session) {
        if (response.isCommitted() || tagger.sessionCookie(response).isPresent()) {
            return;
        }
        session.cookie()
                .ifPresentOrElse(
                        line -> response.addHeader("Set-Cookie", line),
                        () -> tagger.cookie().of(session, request).ifPresent(response::addCookie));
    }

    /**
     * What the client asks for, in the forms in which a container may have named it: containers put segments of their own
     * behind the id (Jetty {@code .node0}), and the route of a node that is gone may still be there.
     */
    private List<String> requestedIds() {
        String requested = request.getRequestedSessionId();
        if (requested == null || requested.isEmpty()) {
            return List.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        ids.add(requested);
        String id = tagger.withoutRoute(requested);
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            ids.add(id);
            int dot = id.lastIndexOf('.');
            if (dot <= 0) {
                break;
            }
            id = id.substring(0, dot);
        }
        return List.copyOf(ids);
    }

    /** The session as the application sees it, or null when there is none and none is to be made. */
    @Nullable
    HttpSession session(boolean create) {
        if (adopted != null && !isValid(adopted)) {
            adopted = null; // another request, or a time-out, has ended it
        }
        HttpSession own = adopted != null ? adopted : request.getSession(create);
        tagger.sync(request, response);
        if (own == null) {
            return null;
        }
        if (!failover.replicates()) {
            return own;
        }
        if (session == null || !session.isOf(own)) {
            session = LimpetSession.of(own, failover.visit(own), this);
        }
        tagger.sessionCookie(response).ifPresent(session.visit()::cookie);
        return session;
    }

    /** Whether this text has the id of the session that the application has now. */
    boolean isOfThisSession(String text) {
        HttpSession own = adopted != null ? adopted : request.getSession(false);
        return own != null && text.contains(own.getId());
    }

    /** Whether the client's session was adopted by this node and has another id now. */
    boolean adoptedSession() {
        return adoptedSession;
    }

    private static boolean isValid(HttpSession session) {
        try {
            return session.getCreationTime() >= 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The application invalidates the session: it is dead in the cluster before it is dead here. */
    void invalidate(HttpSession own) {
        mustRefuse = failover.invalidated(own) == SaveOutcome.REJECTED;
        adopted = null;
        adoptedSession = false;
        session = null;
        own.invalidate();
    }

    /** Gives the session a new id; the old one must find it no more, on no node. */
    String changeSessionId() {
        if (adopted != null && request.getSession(false) == null) {
            moveHere(adopted);
        }
        HttpSession own = request.getSession(false);
        String oldId = own == null ? "" : own.getId();
        String newId = request.changeSessionId(); // throws when there is no session
        if (own != null) {
            failover.idChanged(own, oldId);
        }
        tagger.sync(request, response);
        return newId;
    }

    /** The session was adopted for another request; this one needs it for itself. */
    private void moveHere(HttpSession elsewhere) {
        if (session != null) {
            session.visit().save();
        }
        HttpSession moved = failover.move(elsewhere, requestedIds(), this::open);
        adopted = null;
        if (session != null) {
            session.moveTo(moved, failover.visit(moved));
        }
    }

    /** The container may have made, renamed or ended the session on its own, as it does at a login. */
    void sessionMayHaveChanged() {
        tagger.sync(request, response);
    }

    /** Called before the first byte of the response can leave, and again when more may. Answers false when refused. */
    synchronized boolean beforeCommit() throws IOException {
        if (refused) {
            return false;
        }
        refuseIf(mustRefuse);
        if (failover.replicates()) {
            save();
        }
        tagger.sync(request, response);
        return !refused;
    }

    private void save() throws IOException {
        if (session == null) {
            session(false); // it may have been made past the filter, by the container's login or a library
        }
        if (session != null) {
            SaveOutcome outcome = session.visit().save();
            refuseIf(outcome == SaveOutcome.CONFLICT || outcome == SaveOutcome.REJECTED);
        }
    }

    private void refuseIf(boolean unsafe) throws IOException {
        if (unsafe && !refused && !response.isCommitted()) {
            refused = true;
            Unavailable.answer(response);
        }
    }

    /** The request as it arrived, wrapped. */
    LimpetRequest arrived(LimpetResponse wrapped) {
        return new LimpetRequest(request, wrapped, this);
    }

    /**
     * Where the request arrived, below the context, when the container has its own request tell otherwise during a forward
     * (Undertow does); that is where {@link AsyncContext#dispatch()} leads.
     */
    Optional<String> arrivedElsewhere() {
        return request.getRequestURI().equals(uri)
                ? Optional.empty()
                : Optional.of(uri.substring(request.getContextPath().length()));
    }

    /** The request becomes asynchronous; see {@link GuardedAsync}. */
    GuardedAsync async(AsyncContext container, GuardedAsync.Begun begun) {
        GuardedAsync guarded = new GuardedAsync(container, this, begun);
        async = guarded;
        return guarded;
    }

    /** The asynchronous context that was begun here, or the container's where another filter has begun it. */
    AsyncContext async(AsyncContext container) {
        return async == null ? container : async;
    }

    boolean isRefused() {
        return refused;
    }
}
