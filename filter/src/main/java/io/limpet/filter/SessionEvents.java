package io.limpet.filter;

import io.limpet.failover.Failover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What happens to sessions past the filter: libraries that use the container's own session, the container's login, its
 * time-outs. Counts the live sessions, and tells failover once the filter has started it.
 */
final class SessionEvents
        implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener, LiveSessions.Source {

    private static final String ATTRIBUTE = "io.limpet.session-events";

    /**
     * By their ids: of one that began before the application did, as containers may keep them in files, nobody is told but
     * the end, and of one that was swapped out and in again the beginning twice.
     */
    private final Map<String, WeakReference<HttpSession>> live = new ConcurrentHashMap<>();

    /** In milliseconds since 1970. */
    private final long began = System.currentTimeMillis();

    private volatile Optional<Failover> failover = Optional.empty();

    /** The listener of a context; one that nobody registered counts nothing. */
    static SessionEvents of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof SessionEvents events ? events : new SessionEvents();
    }

    /** Without them failover would not hear of time-outs and logins: sessions would live on that should be dead. */
    static boolean areHeard(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof SessionEvents;
    }

    void register(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
        context.addListener(this);
    }

    /** One that the container has kept from a former run counts from now on. */
    @Override
    public void found(HttpSession own) {
        try {
            if (own.getCreationTime() < began) {
                count(own);
            }
        } catch (IllegalStateException e) {
            // it has just ended
        }
    }

    private void count(HttpSession session) {
        live.put(session.getId(), new WeakReference<>(session));
    }

    /** Those that have begun since the application did, and those that were found; but not copies of what has moved. */
    @Override
    public long live() {
        Optional<Failover> started = failover;
        long elsewhere = started.isPresent() ? started.get().rebalance().elsewhere() : 0;
        return Math.max(0, live.size() - elsewhere);
    }

    /** The container may not have looked yet at one whose time is over. None takes these questions for an access. */
    @Override
    public boolean lives(String id) {
        WeakReference<HttpSession> known = live.get(id);
        HttpSession session = known == null ? null : known.get(); // the container may have put it into a file
        if (session == null) {
            return false;
        }
        try {
            int seconds = session.getMaxInactiveInterval();
            return seconds <= 0
                    || System.currentTimeMillis() - session.getLastAccessedTime() < TimeUnit.SECONDS.toMillis(seconds);
        } catch (IllegalStateException e) {
            return false; // it has just ended
        }
    }

    void tell(Failover started) {
        failover = Optional.of(started);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        count(event.getSession());
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        live.remove(event.getSession().getId());
        failover.ifPresent(it -> it.destroyed(event.getSession()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        if (live.remove(oldSessionId) != null) {
            count(event.getSession());
        }
        failover.ifPresent(it -> it.idChanged(event.getSession(), oldSessionId));
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        changed(event.getSession(), event.getName());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        changed(event.getSession(), event.getName());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        changed(event.getSession(), event.getName());
    }

    private void changed(HttpSession session, String name) {
        failover.ifPresent(it -> it.attributeChanged(session, name));
    }
}
