package io.limpet.probe;

import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;

/** An attribute that is told what happens to it. */
record Bound(String name) implements HttpSessionBindingListener, HttpSessionActivationListener, Serializable {

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        EventLog.add("bound " + name + " as " + event.getName());
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        EventLog.add("unbound " + name + " as " + event.getName());
    }

    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        EventLog.add("activated " + name);
    }

    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        EventLog.add("passivated " + name);
    }
}
