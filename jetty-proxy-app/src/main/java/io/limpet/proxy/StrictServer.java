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
 * whoever stands before it may have read as another request. Nor may it change a value, or tell what it is.
 */
final class StrictServer {

    /** What {@code ambiguous-paths: pass} lets through; the proxy refuses what else they could hide. */
    private static final Set<UriCompliance.Violation> BEARABLE = EnumSet.of(
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT, UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private StrictServer() {}

    /**
     * Finds it.
     *
     * @param longestHead of a response, in bytes, that it must let pass
     * @throws ServletException when it is none of Jetty's, or forgives something on any connector, or cuts shorter heads;
     *     the message has all of it, and what to write instead
     */
    static Server around(ServletContext servlets, int longestHead) throws ServletException {
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
                    .forEach(http -> {
                        mistakes.addAll(mistakes(connector, http));
                        if (http.getMaxResponseHeaderSize() < longestHead) {
                            mistakes.add(cuts(connector, http, longestHead));
                        }
                    });
        }
        if (!mistakes.isEmpty()) {
            throw new ServletException(String.join("\n", mistakes));
        }
        return context.getServer();
    }

    /** It would answer 500, or cut the client's connection, where a node's response is one that may pass. */
    private static String cuts(Connector connector, HttpConfiguration http, int longestHead) {
        return ("%s writes heads of responses of up to %d bytes, and nodes may send %d (limits.head): write"
                        + " httpConfiguration.setMaxResponseHeaderSize(%3$d), or set limits.head to %2$d")
                .formatted(connector, http.getMaxResponseHeaderSize(), longestHead);
    }

    private static List<String> mistakes(Connector connector, HttpConfiguration http) {
        List<String> mistakes = new ArrayList<>();
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
        if (!http.isHeaderCacheCaseSensitive()) {
            mistakes.add(
                    ("%s takes a field's value for the one that it has read before when they differ in case alone: write"
                                    + " httpConfiguration.setHeaderCacheCaseSensitive(true)")
                            .formatted(connector));
        }
        if (http.getSendServerVersion() || http.getSendXPoweredBy()) {
            mistakes.add(("%s tells everybody its version: write httpConfiguration.setSendServerVersion(false), or"
                            + " jetty.httpConfig.sendServerVersion=false in start.d/server.ini; the same for"
                            + " XPoweredBy")
                    .formatted(connector));
        }
        return mistakes;
    }
}
