package io.limpet.filter;

import io.limpet.SessionAdoption;
import io.limpet.SessionAdoptionListener;
import io.limpet.cdi.AdoptionEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Those whom the application wants told of adopted sessions. Immutable. */
final class AdoptionListeners {

    private static final Logger LOG = System.getLogger(AdoptionListeners.class.getName());

    private final List<SessionAdoptionListener> listeners;

    private AdoptionListeners(List<SessionAdoptionListener> listeners) {
        this.listeners = listeners;
    }

    static AdoptionListeners of(ClassLoader application) {
        Stream<SessionAdoptionListener> services =
                ServiceLoader.load(SessionAdoptionListener.class, application).stream()
                        .map(ServiceLoader.Provider::get);
        return new AdoptionListeners(Stream.concat(services, cdi().stream()).toList());
    }

    /** Nothing of CDI is loaded where it is not there. */
    private static Optional<SessionAdoptionListener> cdi() {
        try {
            Class.forName("jakarta.enterprise.inject.spi.CDI", false, AdoptionListeners.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
        return Optional.of(new AdoptionEvent());
    }

    void tell(SessionAdoption adoption) {
        for (SessionAdoptionListener listener : listeners) {
            try {
                listener.sessionAdopted(adoption);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, listener.getClass().getName() + " failed at an adopted session", e);
            }
        }
    }
}
