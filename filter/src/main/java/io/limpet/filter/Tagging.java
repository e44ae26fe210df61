package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides whether a request's response is tagged. A route that nobody strips again is worse than none: Tomcat finds no
 * session by {@code 4F2A.n1}, and every request would begin a new one. Safe for use by any number of threads.
 */
final class Tagging {

    private static final Logger LOG = System.getLogger(Tagging.class.getName());

    private final Settings.Tagging whose;
    private final SessionTagger tagged;
    private final SessionTagger untagged;
    private final AtomicBoolean warned = new AtomicBoolean();

    Tagging(Settings.Tagging whose, SessionTagger tagged, SessionTagger untagged) {
        this.whose = whose;
        this.tagged = tagged;
        this.untagged = untagged;
    }

    SessionTagger of(HttpServletRequest request) {
        if (whose == Settings.Tagging.PROXIED) {
            return ProxyChoice.isIn(request) ? tagged : untagged;
        }
        warnOfARouteThatNobodyStripped(request);
        return tagged;
    }

    private void warnOfARouteThatNobodyStripped(HttpServletRequest request) {
        String requested = request.getRequestedSessionId();
        if (requested != null
                && !warned.get()
                && !tagged.withoutRoute(requested).equals(requested)
                && !ProxyChoice.isIn(request)
                && !request.isRequestedSessionIdValid()
                && warned.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "a request came with the route still in its session cookie, and the container finds no session by it:"
                            + " ask through Limpet's proxy, let your load balancer strip the last segment, or set"
                            + " tagging=proxied to ask this node directly");
        }
    }
}
