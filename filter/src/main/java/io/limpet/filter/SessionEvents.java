package io.limpet.filter;

import io.limpet.failover.Failover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens to sessions past the filter: libraries that use the container's own session, the container's login, its
 * time-outs. Counts the live sessions, and tells failover once the filter has started it.
 */
final class SessionEvents implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {

    private static final String ATTRIBUTE = "io.limpet.session-events";

    private final AtomicLong live = new AtomicLong();
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

    AtomicLong live() {
        return live;
    }

    void tell(Failover started) {
        failover = Optional.of(started);
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        live.incrementAndGet();
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        live.decrementAndGet();
        failover.ifPresent(it -> it.destroyed(event.getSession()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
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
