package io.limpet.probe;

import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;

/** Notes what happens to sessions. */
public final class SessionEars implements HttpSessionListener, HttpSessionIdListener, HttpSessionAttributeListener {

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        EventLog.add("session created " + Scene.id(event.getSession().getId()));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        EventLog.add("session destroyed " + Scene.id(event.getSession().getId()));
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldSessionId) {
        EventLog.add("session id changed from " + Scene.id(oldSessionId) + " to "
                + Scene.id(event.getSession().getId()));
    }

    @Override
    public void attributeAdded(HttpSessionBindingEvent event) {
        EventLog.add("session attribute added " + event.getName());
    }

    @Override
    public void attributeRemoved(HttpSessionBindingEvent event) {
        EventLog.add("session attribute removed " + event.getName());
    }

    @Override
    public void attributeReplaced(HttpSessionBindingEvent event) {
        EventLog.add("session attribute replaced " + event.getName() + ", was " + event.getValue());
    }
}
