package io.limpet.filter;

import io.limpet.failover.OpenedSession;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/**
 * A session cookie as the container would write it, for a request whose session the container does not tie to it: the
 * client used the id of another node, and another request has adopted the session.
 */
final class SessionCookie {

    private SessionCookie() {}

    static Cookie of(OpenedSession opened, SessionTagger tagger, HttpServletRequest request) {
        HttpSession session = opened.session();
        SessionCookieConfig config = session.getServletContext().getSessionCookieConfig();
        Cookie cookie = new Cookie(tagger.cookieName(), tagger.tag(opened.id()));
        config.getAttributes().forEach(cookie::setAttribute);
        String context = session.getServletContext().getContextPath();
        cookie.setPath(config.getPath() != null ? config.getPath() : context.isEmpty() ? "/" : context);
        cookie.setHttpOnly(true); // as every container does unless it is told otherwise where nobody can ask
        cookie.setSecure(config.isSecure() || request.isSecure());
        return cookie;
    }
}
