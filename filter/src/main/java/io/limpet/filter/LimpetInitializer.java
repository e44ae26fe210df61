package io.limpet.filter;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the session listeners, which a filter cannot do for itself (Jakarta Servlet 6.0 §4.4), and with
 * {@code limpet.auto=true} the filter. Found by the container through {@code META-INF/services}, also with
 * {@code metadata-complete="true"}.
 */
public final class LimpetInitializer implements ServletContainerInitializer {

    /** @throws ServletException when {@code limpet.auto} is set to nonsense; the application then does not start */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        new SessionEvents().register(context);
        try {
            new AutoRegistration(System::getenv, System::getProperty).registerIn(context);
        } catch (IllegalArgumentException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }
}
