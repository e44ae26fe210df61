package io.limpet.probe;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Sets the session cookie as the context-params {@code cookie.*} say, by program, as not every embedded container reads
 * all of {@code cookie-config} in {@code web.xml}.
 */
public final class CookieSettings implements ServletContextListener {

    private static final String PREFIX = "cookie.";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        for (String name : java.util.Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(PREFIX)) {
                set(context.getSessionCookieConfig(), name.substring(PREFIX.length()), context.getInitParameter(name));
            }
        }
        String tracking = context.getInitParameter("tracking");
        if (tracking != null) {
            context.setSessionTrackingModes(Arrays.stream(tracking.split(","))
                    .map(SessionTrackingMode::valueOf)
                    .collect(Collectors.toSet()));
        }
    }

    private static void set(SessionCookieConfig cookie, String name, String value) {
        switch (name) {
            case "Name" -> cookie.setName(value);
            case "Path" -> cookie.setPath(value);
            case "Domain" -> cookie.setDomain(value);
            case "Max-Age" -> cookie.setMaxAge(Integer.parseInt(value));
            case "Secure" -> cookie.setSecure(Boolean.parseBoolean(value));
            case "HttpOnly" -> cookie.setHttpOnly(Boolean.parseBoolean(value));
            default -> cookie.setAttribute(name, value);
        }
    }
}
