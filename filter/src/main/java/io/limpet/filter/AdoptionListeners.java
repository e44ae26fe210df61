package io.limpet.filter;

import io.limpet.SessionAdoption;
import io.limpet.SessionAdoptionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ServiceLoader;

/** Those whom the application wants told of adopted sessions. Immutable. */
final class AdoptionListeners {

    private static final Logger LOG = System.getLogger(AdoptionListeners.class.getName());

    private final List<SessionAdoptionListener> listeners;

    private AdoptionListeners(List<SessionAdoptionListener> listeners) {
        this.listeners = listeners;
    }

    static AdoptionListeners of(ClassLoader application) {
        return new AdoptionListeners(ServiceLoader.load(SessionAdoptionListener.class, application).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    void tell(SessionAdoption adoption) {
        for (SessionAdoptionListener listener : listeners) {
            try {
                listener.sessionAdopted(adoption);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, listener.getClass().getName() + " failed at an adopted session", e);
            }
        }
    }
}
