package io.limpet.filter;

import io.limpet.failover.OpenedSession;
import io.limpet.route.SessionCookies;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;

/**
 * A session cookie as the container would write it, for a request whose session the container does not tie to it: the
 * client used the id of another node, and another request has adopted the session.
 *
 * <p>How the container writes it is learned once, from the first session that has a cookie. Until then none is written: a
 * wrong one would lose the session, and with the old one the client finds it. Safe for use by any number of threads.
 */
final class SessionCookie {

    private static final Logger LOG = System.getLogger(SessionCookie.class.getName());

    private final SessionTagger tagger;
    private volatile Optional<CookieForm> form = Optional.empty();

    SessionCookie(SessionTagger tagger) {
        this.tagger = tagger;
    }

    /**
     * The client still uses the id of another node: it is told the new one again, the first answer may have got lost.
     *
     * @return whether the response has a session cookie now
     */
    boolean send(OpenedSession session, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted() || tagger.sessionCookie(response).isPresent()) {
            return !response.isCommitted();
        }
        if (session.cookie().isPresent()) {
            String line = session.cookie().get();
            tagger.knowTagged(line, request, response);
            response.addHeader("Set-Cookie", line);
            return true;
        }
        Optional<Cookie> cookie = of(session, request, response);
        cookie.ifPresent(response::addCookie);
        return cookie.isPresent();
    }

    /** Whether there is nothing left to learn. */
    boolean isKnown() {
        return form.isPresent();
    }

    /** A client came with this cookie, and the container found this session. */
    void learn(HttpServletRequest request, HttpSession found) {
        if (form.isPresent()) {
            return;
        }
        Enumeration<String> lines = request.getHeaders("Cookie");
        if (lines == null) {
            return;
        }
        // not getCookies(): some containers fail at a cookie that the application never asks for
        form = SessionCookies.in(Collections.list(lines), tagger.cookieName()).values().stream()
                .flatMap(value -> CookieForm.of(tagger.withoutRoute(value, request), found.getId()).stream())
                .findFirst();
        form.map(CookieForm::behind).filter(own -> !own.isEmpty()).ifPresent(SessionCookie::sayWhatStays);
    }

    private static void sayWhatStays(String own) {
        LOG.log(
                Level.INFO,
                "the container puts ''{0}'' of its own behind its session ids; it stays, and Limpet''s route follows it",
                own);
    }

    /** The cookie of a session; empty while it is not known how the container would write it. */
    private Optional<Cookie> of(OpenedSession opened, HttpServletRequest request, HttpServletResponse response) {
        return form.map(known -> {
            HttpSession session = opened.session();
            SessionCookieConfig config = session.getServletContext().getSessionCookieConfig();
            String value = tagger.tag(known.valueOf(opened.id()), request, response);
            Cookie cookie = new Cookie(tagger.cookieName(), value);
            config.getAttributes().forEach(cookie::setAttribute);
            String context = session.getServletContext().getContextPath();
            cookie.setPath(config.getPath() != null ? config.getPath() : context.isEmpty() ? "/" : context);
            // unless it is told otherwise, as most containers do
            cookie.setHttpOnly(
                    said(config, "HttpOnly").filter("false"::equalsIgnoreCase).isEmpty());
            cookie.setSecure(config.isSecure() || request.isSecure());
            return cookie;
        });
    }

    private static Optional<String> said(SessionCookieConfig config, String attribute) {
        return config.getAttributes().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(attribute))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
