package io.limpet.proxy;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;

/**
 * The Jetty server around the servlet. It reads the requests, so it has to read them in one way only: what it forgives,
 * whoever stands before it may have read as another request.
 */
final class StrictServer {

    /** What {@code ambiguous-paths: pass} lets through; the proxy refuses what else they could hide. */
    private static final Set<UriCompliance.Violation> BEARABLE = EnumSet.of(
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT, UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private StrictServer() {}

    /**
     * Finds it.
     *
     * @throws ServletException when it is none of Jetty's, or forgives something on any connector; the message has all
     *     of it, and what to write instead
     */
    static Server around(ServletContext servlets) throws ServletException {
        ServletContextHandler context = ServletContextHandler.getServletContextHandler(servlets);
        if (context == null) {
            throw new ServletException("Limpet's proxy runs in a Jetty server of version 12.1, with ee10");
        }
        List<String> mistakes = new ArrayList<>();
        for (Connector connector : context.getServer().getConnectors()) {
            connector.getConnectionFactories().stream()
                    .filter(HttpConfiguration.ConnectionFactory.class::isInstance)
                    .map(factory -> ((HttpConfiguration.ConnectionFactory) factory).getHttpConfiguration())
                    .distinct()
                    .forEach(http -> mistakes.addAll(mistakes(connector, http)));
        }
        if (!mistakes.isEmpty()) {
            throw new ServletException(String.join("\n", mistakes));
        }
        return context.getServer();
    }

    private static List<String> mistakes(Connector connector, HttpConfiguration http) {
        List<String> mistakes = new ArrayList<>(2);
        Set<HttpCompliance.Violation> forgiven = http.getHttpCompliance().getAllowed();
        if (!forgiven.isEmpty()) {
            mistakes.add(("%s forgives %s in requests, which others read as other requests: write"
                            + " httpConfiguration.setHttpCompliance(HttpCompliance.STRICT), or"
                            + " jetty.httpConfig.compliance=STRICT in start.d/server.ini")
                    .formatted(connector, forgiven));
        }
        Set<UriCompliance.Violation> paths = EnumSet.copyOf(UriCompliance.UNSAFE.getAllowed());
        paths.retainAll(http.getUriCompliance().getAllowed());
        paths.removeAll(BEARABLE);
        if (!paths.isEmpty()) {
            mistakes.add(("%s forgives %s in paths, which nodes read as other paths: write"
                            + " httpConfiguration.setUriCompliance(UriCompliance.DEFAULT), or"
                            + " jetty.httpConfig.uriCompliance=DEFAULT in start.d/server.ini")
                    .formatted(connector, paths));
        }
        return mistakes;
    }
}
