package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * What became of the session in one request, and how many live sessions the application has on this node by now, told to
 * the proxy in {@code Limpet-Session: new; live=12; seq=345; context=/shop}, so that it need not wait for the next probe
 * to know it.
 *
 * <p>Used as its exchange is: by one thread at a time, or by two of an asynchronous request.
 */
final class SessionNews {

    private static final String NEW = "new";
    private static final String ADOPTED = "adopted";
    private static final String ENDED = "ended";
    private static final String KEPT = "kept";

    /** Null as long as nothing became of it: every request has its news, and most have none. */
    private volatile @Nullable String word;

    private LiveSessions sessions = LiveSessions.UNCOUNTED;

    /** What the proxy says of its choice, looked up once: a container searches all headers for it. */
    private @Nullable String choice;

    private volatile boolean looked;
    private volatile boolean mayBeContainers;

    /** From now on it tells how many of these there are, too. */
    void counting(LiveSessions those) {
        sessions = those;
    }

    /** A session of another node lives here from now on. */
    void adopted() {
        word = ADOPTED;
    }

    /** The application has asked for its session, and has this one. */
    void found(HttpSession own) {
        sessions.found(own);
    }

    /** The application has asked for a session that may have to be made for it. */
    void asked(HttpSession own) {
        if (word == null && own.isNew()) {
            word = NEW;
        }
    }

    /** The application has ended its session. */
    void ended() {
        word = word == null ? ENDED : null;
    }

    /** Whether the session that a request asks for is known to live here, which no container takes for an access. */
    boolean isOfOneThatLives(HttpServletRequest request) {
        String id = request.getRequestedSessionId();
        return id != null && sessions.lives(id);
    }

    /** Whether the proxy wants this node, which drains, to begin no session in place of the one that is asked for. */
    boolean isLeaving(HttpServletRequest request) {
        return ProxyChoice.isLeaving(choice(request));
    }

    private @Nullable String choice(HttpServletRequest request) {
        if (!looked) {
            choice = request.getHeader(ProxyChoice.HEADER);
            looked = true;
        }
        return choice;
    }

    /** The application answers with this status, which the response does not show yet. */
    void answering(int status) {
        mayBeContainers = isAsOfContainer(status);
    }

    /** As a container answers for an application that it has not, or not at the moment. */
    private static boolean isAsOfContainer(int status) {
        return status == HttpServletResponse.SC_NOT_FOUND || status == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }

    /** Whether there is anything to tell on this response, which has not left, to the proxy. */
    boolean areDue(HttpServletRequest request, HttpServletResponse response) {
        return (must(response) || sessions.areNews()) && !response.isCommitted() && choice(request) != null;
    }

    /** By any word the proxy knows that such an answer is the application's, or its filter's. */
    private boolean must(HttpServletResponse response) {
        return word != null || mayBeContainers || isAsOfContainer(response.getStatus());
    }

    /** Tells it when it is due. */
    void tell(HttpServletRequest request, HttpServletResponse response) {
        if (!areDue(request, response)) {
            return;
        }
        String now = word;
        String count = must(response) ? sessions.now().parameters() : sessions.news();
        response.setHeader(Misdirected.SESSION, (now == null ? KEPT : now) + count);
    }
}
