package io.limpet.filter;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** What a request knows of a session that it found on another node. May be asked by any thread that works for it. */
final class AdoptedSession {

    /** Of a request to which no session is given that was another node's. */
    static final AdoptedSession NONE = new AdoptedSession(null, false);

    /** Another request has adopted it, so that the container has not tied it to this one. */
    private volatile @Nullable HttpSession untied;

    private final boolean found;
    private volatile boolean current;

    private AdoptedSession(@Nullable HttpSession untied, boolean found) {
        this.untied = untied;
        this.found = found;
        this.current = found;
    }

    /** The container has made a session of its own of it, for this request. */
    static AdoptedSession made() {
        return new AdoptedSession(null, true);
    }

    /** It lives in a session that the container has made for another request. */
    static AdoptedSession foundUntied(HttpSession session) {
        return new AdoptedSession(session, true);
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
