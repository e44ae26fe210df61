package io.limpet.filter;

import io.limpet.cdi.SessionBeans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where those classes of the server are that it keeps in a session without showing them to the application. */
final class ServerClasses {

    private ServerClasses() {}

    /** To be asked during a request. */
    static List<ClassLoader> loaders() {
        List<ClassLoader> loaders = new ArrayList<>();
        if (visible("jakarta.enterprise.inject.spi.CDI").isPresent()) {
            SessionBeans.loader().ifPresent(loaders::add);
        }
        // its API and its implementation are one
        visible("jakarta.faces.FactoryFinder").map(Class::getClassLoader).ifPresent(loaders::add);
        return loaders;
    }

    private static Optional<Class<?>> visible(String name) {
        try {
            return Optional.of(Class.forName(name, false, ServerClasses.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
