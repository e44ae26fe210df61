package io.limpet.filter;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** What a request knows of a session that it found on another node. May be asked by any thread that works for it. */
final class AdoptedSession {

    /** Of a request to which no session is given that was another node's. */
    static final AdoptedSession NONE = new AdoptedSession();

    /** Another request has adopted it, so that the container has not tied it to this one. */
    private volatile @Nullable HttpSession untied;

    private volatile boolean found;
    private volatile boolean current;

    /** The container has made a session of its own of it, for this request. */
    void found() {
        found = true;
        current = true;
    }

    /** It lives in a session that the container has made for another request. */
    void foundUntied(HttpSession session) {
        found();
        untied = session;
    }

    /** Whether the request found one when it arrived, whatever became of it. */
    boolean wasFound() {
        return found;
    }

    /** Whether it is still the client's. */
    boolean isCurrent() {
        return current;
    }

    /** The one that the container does not know as this request's, as long as it lives. */
    @Nullable
    HttpSession untied() {
        HttpSession session = untied;
        if (session != null && !isValid(session)) {
            ended(); // by another request, or a time-out
            return null;
        }
        return session;
    }

    /** It has moved into a session that is this request's own. */
    void tied() {
        untied = null;
    }

    /** It is over. */
    void ended() {
        untied = null;
        current = false;
    }

    private static boolean isValid(HttpSession session) {
        try {
            return session.getCreationTime() >= 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
