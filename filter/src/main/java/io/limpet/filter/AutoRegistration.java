package io.limpet.filter;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Function;

/**
 * Registers the filter where the operator says {@code limpet.auto=true} and the application does not do it itself: first
 * in the chain, which only an initializer can (an ordering of web fragments does not), for every dispatch.
 *
 * <p>Settings that are not in the environment are context-params with {@code limpet.} in front.
 */
final class AutoRegistration {

    private static final Logger LOG = System.getLogger(AutoRegistration.class.getName());
    private static final String FILTER = LimpetFilter.class.getName();
    private static final String PREFIX = "limpet.";
    private static final String AUTO = PREFIX + "auto";

    private final Function<String, String> environment;
    private final Function<String, String> systemProperties;

    /** Each function answers null for what is not set. */
    AutoRegistration(Function<String, String> environment, Function<String, String> systemProperties) {
        this.environment = environment;
        this.systemProperties = systemProperties;
    }

    /** @throws IllegalArgumentException when {@code limpet.auto} is neither true nor false */
    void registerIn(ServletContext context) {
        if (!isWanted(context)) {
            return;
        }
        if (isRegistered(context)) {
            LOG.log(
                    Level.INFO,
                    "limpet.auto=true changes nothing: the application registers the filter itself, and must have it first");
            return;
        }
        FilterRegistration.Dynamic filter = context.addFilter(FILTER, LimpetFilter.class);
        if (filter == null) {
            throw new IllegalArgumentException(
                    "limpet.auto: a filter named '" + FILTER + "' is of another class; give it another name");
        }
        filter.setAsyncSupported(true);
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX) && !name.equals(AUTO)) {
                filter.setInitParameter(name.substring(PREFIX.length()), context.getInitParameter(name));
            }
        }
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private boolean isWanted(ServletContext context) {
        String value = Optional.ofNullable(environment.apply("LIMPET_AUTO"))
                .or(() -> Optional.ofNullable(systemProperties.apply(AUTO)))
                .or(() -> Optional.ofNullable(context.getInitParameter(AUTO)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse("false");
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("limpet.auto: '" + value + "' must be true or false");
        }
        return value.equalsIgnoreCase("true");
    }

    private static boolean isRegistered(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .anyMatch(registration -> FILTER.equals(registration.getClassName()));
    }
}
