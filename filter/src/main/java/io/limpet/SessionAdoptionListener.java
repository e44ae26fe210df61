package io.limpet;

import java.util.EventListener;

/**
 * Told when this node adopts a session, on the thread of the request that asked for it, before the application sees that
 * request. Found as a {@link java.util.ServiceLoader} service of the application. An exception is logged and changes
 * nothing.
 */
@FunctionalInterface
public interface SessionAdoptionListener extends EventListener {

    /** A session that lived on another node lives on this one now. */
    void sessionAdopted(SessionAdoption adoption);
}
