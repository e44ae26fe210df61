package io.limpet.filter;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the session listeners, which a filter cannot do for itself (Jakarta Servlet 6.0 §4.4). Found by the container
 * through {@code META-INF/services}, also with {@code metadata-complete="true"}.
 */
public final class LimpetInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        new SessionEvents().register(context);
    }
}
