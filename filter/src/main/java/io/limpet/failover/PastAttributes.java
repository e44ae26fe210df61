package io.limpet.failover;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Attributes that somebody may change whom the filter does not see: a server's CDI keeps its {@code @SessionScoped} beans
 * in the container's own session, and neither reads nor sets them through the wrapper when a bean changes. Their state is
 * compared with what was saved at every save. Safe for use by any number of threads.
 */
final class PastAttributes {

    private enum Source {
        /** The container's own session was given it. */
        SET,
        /** It comes from the record, which does not tell who uses it. */
        LOADED
    }

    private final Map<String, Source> names = new ConcurrentHashMap<>();

    /** The container's session has a new value: it may be the application that set it, who then says so. */
    void setInContainer(String name) {
        names.put(name, Source.SET);
    }

    void loaded(String name) {
        names.put(name, Source.LOADED);
    }

    /** Whoever sets it through the wrapper is seen when he changes it. */
    void setByApplication(String name) {
        names.remove(name);
    }

    /** Whoever reads it through the wrapper is seen when he changes it. */
    void readByApplication(String name) {
        if (!names.isEmpty()) {
            names.remove(name, Source.LOADED);
        }
    }

    boolean contains(String name) {
        return names.containsKey(name);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    void addTo(Set<String> others) {
        others.addAll(names.keySet());
    }
}
