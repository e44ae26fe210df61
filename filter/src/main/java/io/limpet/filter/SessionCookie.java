package io.limpet.filter;

import io.limpet.failover.OpenedSession;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/**
 * A session cookie as the container would write it, for a request whose session the container does not tie to it: the
 * client used the id of another node, and another request has adopted the session.
 *
 * <p>How the container writes it is learned once, from the first session that has a cookie. Until then none is written: a
 * wrong one would lose the session, and with the old one the client finds it. Safe for use by any number of threads.
 */
final class SessionCookie {

    private final SessionTagger tagger;
    private volatile Optional<CookieForm> form = Optional.empty();

    SessionCookie(SessionTagger tagger) {
        this.tagger = tagger;
    }

    /** A client came with this cookie, and the container found this session. */
    void learn(HttpServletRequest request, HttpSession found) {
        if (form.isPresent() || request.getCookies() == null) {
            return;
        }
        for (Cookie cookie : request.getCookies()) {
            if (form.isEmpty() && cookie.getName().equals(tagger.cookieName())) {
                form = CookieForm.of(tagger.withoutRoute(cookie.getValue()), found.getId());
            }
        }
    }

    /** The cookie of a session; empty while it is not known how the container would write it. */
    Optional<Cookie> of(OpenedSession opened, HttpServletRequest request) {
        return form.map(known -> {
            HttpSession session = opened.session();
            SessionCookieConfig config = session.getServletContext().getSessionCookieConfig();
            Cookie cookie = new Cookie(tagger.cookieName(), tagger.tag(known.valueOf(opened.id())));
            config.getAttributes().forEach(cookie::setAttribute);
            String context = session.getServletContext().getContextPath();
            cookie.setPath(config.getPath() != null ? config.getPath() : context.isEmpty() ? "/" : context);
            cookie.setHttpOnly(true); // as every container does unless it is told otherwise where nobody can ask
            cookie.setSecure(config.isSecure() || request.isSecure());
            return cookie;
        });
    }
}
