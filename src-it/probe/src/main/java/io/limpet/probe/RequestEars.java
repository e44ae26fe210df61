package io.limpet.probe;

import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Notes what happens to requests, and makes a session before any filter runs when the path says so. */
public final class RequestEars implements ServletRequestListener, ServletRequestAttributeListener {

    /** What containers note for themselves differs with the number of filters. */
    private static final List<String> CONTAINERS = List.of("org.", "jakarta.servlet.");

    /** What applications may ask Limpet for, and what it notes for itself; both are left out of the attributes' names. */
    private static final String LIMPET = "io.limpet.";

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request
                && request.getRequestURI().endsWith("/heard")) {
            request.getSession();
        }
    }

    @Override
    public void attributeAdded(ServletRequestAttributeEvent event) {
        note("added", event);
    }

    @Override
    public void attributeRemoved(ServletRequestAttributeEvent event) {
        note("removed", event);
    }

    @Override
    public void attributeReplaced(ServletRequestAttributeEvent event) {
        note("replaced", event);
    }

    private static void note(String what, ServletRequestAttributeEvent event) {
        String name = event.getName();
        if (!name.startsWith(LIMPET) && CONTAINERS.stream().noneMatch(name::startsWith)) {
            EventLog.add("request attribute " + what + " " + name);
        }
    }
}
