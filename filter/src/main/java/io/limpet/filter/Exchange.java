package io.limpet.filter;

import io.limpet.Affinity;
import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import io.limpet.failover.OpenedSession;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.Work;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the filter, from its arrival until its response has left; forwards, includes and
 * asynchronous dispatches belong to it, while an error page begins its own. It knows the container's own request and
 * response, which the wrappers hide.
 *
 * <p>Used by one thread at a time, as the request itself (Jakarta Servlet 6.0 §2.3.3.4), but that an
 * asynchronous request may use its session and write while the thread that began it leaves the filter. Both save what
 * they find changed, and whoever comes second waits for the first one's save as long as for the store.
 *
 * <p>Every request has one: what only a few need is made for those. Its own lock guards the container's response; nothing
 * is saved under it, as whoever waits may hold the lock of an attribute.
 */
final class Exchange {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final SessionTagger tagger;
    private final Failover failover;
    private final @Nullable ServletContext home;
    private final SessionNews news = new SessionNews();
    private final WatchedSession watched;
    private final Work work;
    private @Nullable AsyncCourse async;
    private volatile @Nullable GuardedInput input;
    /** Both are found at the arrival, before the application can have a second thread at work. */
    private AdoptedSession adopted = AdoptedSession.NONE;

    private boolean told;
    private volatile boolean mustRefuse;

    /** A response must not promise what could not be stored: it is 503 then, as long as no byte of it has left. */
    private volatile boolean refused;

    Exchange(HttpServletRequest request, HttpServletResponse response, SessionTagger tagger, Failover failover) {
        this.request = request;
        this.response = response;
        this.tagger = tagger;
        this.failover = failover;
        boolean replicates = failover.replicates();
        this.home = replicates ? request.getServletContext() : null;
        this.work = failover.work();
        this.watched = replicates ? new WatchedSession() : WatchedSession.NONE;
    }

    /** Whether it began in this application, and not in one that forwards to it. */
    boolean isOf(Failover mine) {
        return failover == mine;
    }

    /** What the proxy is told of it. */
    SessionNews news() {
        return news;
    }

    /** What the application does for it. */
    Work work() {
        return work;
    }

    /** Finds the session that the request asks for, here or in the cluster; answers how. */
    Arrival arrive() {
        if (!failover.replicates()) {
            return Arrival.NOT_ASKED; // to a container each question is an access, which keeps the session alive
        }
        HttpSession own = request.getSession(false);
        if (own != null) {
            tagger.cookie().learn(request, own);
        }
        Arrival arrival = failover.arrive(own, requested().forms(), this::open);
        if (own != null) {
            work.concerns(own);
        }
        arrival.from().ifPresent(from -> news.adopted());
        arrival.adopted().ifPresent(session -> {
            adopted = arrival.made() ? AdoptedSession.made() : AdoptedSession.foundUntied(session.session());
            work.concerns(session.session());
            if (!arrival.made()) {
                told = tagger.cookie().send(session, request, response);
            }
        });
        return arrival;
    }

    /** What the application reads the request from, the same at each call. */
    ServletInputStream guarded(ServletInputStream container) {
        if (!failover.replicates()) {
            return container;
        }
        GuardedInput known = input;
        if (known == null || !known.isOf(container)) {
            known = new GuardedInput(container, work);
            input = known;
        }
        return known;
    }

    /** Why this node serves the request. */
    Affinity affinity() {
        return ProxyChoice.in(request).affinity(tagger.node(), adopted.wasFound());
    }

    private OpenedSession open() {
        HttpSession opened = request.getSession(true);
        sync();
        return new OpenedSession(opened, opened.getId(), tagger.sessionCookie(response));
    }

    /** The request as it arrived, wrapped. */
    LimpetRequest arrived(LimpetResponse wrapped) {
        return new LimpetRequest(request, wrapped, this);
    }

    /** How the request goes on when it becomes asynchronous. */
    synchronized AsyncCourse async() {
        AsyncCourse known = async;
        if (known == null) {
            known = new AsyncCourse(request, this);
            async = known;
        }
        return known;
    }

    /** What the client asked for. */
    RequestedId requested() {
        return new RequestedId(request, tagger);
    }

    /** Whether a client that came with a former id of its session is told the new one. */
    boolean told() {
        return told;
    }

    /** Whether the client's session was adopted by this node and has another id now. */
    boolean adoptedSession() {
        return adopted.isCurrent();
    }

    /** The session as the application sees it, or null when there is none and none is to be made. */
    @Nullable
    HttpSession session(boolean create) {
        if (home != null && Home.isLeft(home, request)) {
            return request.getSession(create); // of the other application, which watches it if it wants to
        }
        HttpSession untied = adopted.untied();
        HttpSession own = untied != null ? untied : request.getSession(create);
        if (create) {
            sync(); // at the latest before the response leaves; but the application may look at its cookies
        }
        if (own == null) {
            return null;
        }
        if (create && untied == null) {
            news.asked(own);
        }
        news.found(own);
        if (!failover.replicates()) {
            if (!tagger.cookie().isKnown() && !own.isNew()) {
                tagger.cookie().learn(request, own);
            }
            return own;
        }
        LimpetSession wrapped = watched.of(own, failover, this);
        tagger.sessionCookie(response).ifPresent(wrapped.visit()::cookie);
        return wrapped;
    }

    /** Tags the session's cookie, which the container may have written on its own, as it does at a login. */
    void sync() {
        if (!tagger.concerns(response)) {
            return;
        }
        synchronized (this) { // header lines are replaced one by one
            tagger.sync(request, response);
        }
    }

    /** The application invalidates the session: it is dead in the cluster before it is dead here. */
    void invalidate(HttpSession own) {
        if (failover.invalidated(own) == SaveOutcome.REJECTED) {
            mustRefuse = true; // whatever else is ended behind it
        }
        adopted.ended();
        news.ended();
        watched.ended();
        own.invalidate();
    }

    /** Gives the session a new id; the old one must find it no more, on no node. */
    String changeSessionId() {
        HttpSession untied = adopted.untied();
        if (untied != null && request.getSession(false) == null) {
            moveHere(untied);
        }
        HttpSession own = request.getSession(false);
        String oldId = own == null ? "" : own.getId();
        String newId = request.changeSessionId(); // throws when there is no session
        if (own != null) {
            failover.idChanged(own, oldId);
        }
        sync();
        return newId;
    }

    /** The session was adopted for another request; this one needs it for itself. */
    private void moveHere(HttpSession untied) {
        Optional<LimpetSession> known = watched.current();
        watched.save();
        HttpSession moved = failover.move(untied, requested().forms(), this::open);
        adopted.tied();
        known.ifPresent(session -> session.moveTo(moved, failover.visit(moved)));
        work.concerns(moved);
    }

    /** What the container's {@code encodeURL} made of a URL, with this node's route behind the session's id in it. */
    @Nullable
    String tagUrl(@Nullable String encoded, @Nullable String url) {
        if (encoded == null || url == null) {
            return encoded; // as the container has it
        }
        if (!encoded.equals(url)) {
            return tagger.tagUrl(encoded, request, response);
        }
        // a URL that came with a session of its own, perhaps another application's, is not ours to tag
        HttpSession untied = adopted.untied();
        HttpSession own = untied != null ? untied : request.getSession(false);
        boolean ours = own != null && url.contains(own.getId());
        return ours ? tagger.tagUrlAgain(url, request, response) : url;
    }

    /** Called before the first byte of the response can leave, and again when more may. Answers false when refused. */
    boolean beforeCommit() throws IOException {
        if (refused) {
            return false;
        }
        boolean unsafe = failover.replicates() && (!isSaved() || mustRefuse || work.mustBeRefused());
        if (unsafe) {
            refuseUnlessCommitted();
        }
        tell();
        return !refused;
    }

    private synchronized void refuseUnlessCommitted() throws IOException {
        if (!refused && !response.isCommitted()) {
            refused = true;
            refuse();
        }
    }

    /** What became of the session, on the container's response. */
    private void tell() {
        if (news.areDue(request, response)) {
            synchronized (this) {
                news.tell(request, response);
            }
        }
        sync();
    }

    /** 503 in place of what was to be answered. */
    void refuse() throws IOException {
        Unavailable.answer(response, () -> {
            news.answering(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            tell(); // Jetty writes the session cookie again after a reset
        });
    }

    /** Whether nothing contradicts what the response says of the session. */
    private boolean isSaved() {
        if (!watched.isKnown()) {
            session(false); // it may have been made past the filter, by the container's login or a library
        }
        SaveOutcome outcome = watched.save();
        return outcome != SaveOutcome.CONFLICT && outcome != SaveOutcome.REJECTED;
    }

    /** The request is over: the application changes nothing more in it. */
    void over() {
        watched.over();
    }

    boolean isRefused() {
        return refused;
    }
}
