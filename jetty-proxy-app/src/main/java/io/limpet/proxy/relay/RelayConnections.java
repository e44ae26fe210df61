package io.limpet.proxy.relay;

import io.limpet.proxy.http1.RequestHeadReader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP/1.1 that begins on the fast lane. */
public final class RelayConnections extends AbstractConnectionFactory implements HttpConfiguration.ConnectionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(RelayConnections.class);

    /** Longer heads, and requests that are longer with their body, are not plain. */
    static final int LONGEST = 16 * 1024;

    private final HttpConnectionFactory servletLane;
    private final int longestHead;
    private final int mostFields;
    private final Service service;
    private final Set<RelayConnection> connections = ConcurrentHashMap.newKeySet();

    /**
     * Connections with this lane in front of Jetty's own.
     *
     * @param servletLane what makes those; its configuration holds for both
     * @param mostFields so many may be in a head
     */
    public RelayConnections(HttpConnectionFactory servletLane, int mostFields, Service service) {
        super(servletLane.getProtocol());
        this.servletLane = servletLane;
        this.longestHead = Math.min(LONGEST, servletLane.getHttpConfiguration().getRequestHeaderSize());
        this.mostFields = mostFields;
        this.service = service;
        setInputBufferSize(servletLane.getInputBufferSize());
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return servletLane.getHttpConfiguration();
    }

    @Override
    public List<String> getProtocols() {
        return servletLane.getProtocols();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return connection(connector, endPoint, 0);
    }

    /**
     * Passes by all requests under way. To find them by their connections costs them nothing: those come and go less often.
     */
    public void pass() {
        for (RelayConnection connection : connections) {
            try {
                connection.pass();
            } catch (RuntimeException | Error e) { // the others are looked after all the same
                LOG.warn("a request could not be looked after", e);
            }
        }
    }

    void opened(RelayConnection connection) {
        connections.add(connection);
        if (!connection.getEndPoint().isOpen()) { // closed a moment ago: who takes it out was here before
            connections.remove(connection);
        }
    }

    int connections() {
        return connections.size();
    }

    void closed(RelayConnection connection) {
        connections.remove(connection);
    }

    /** @param before how many requests the connection has brought already */
    Connection connection(Connector connector, EndPoint endPoint, long before) {
        return configure(new RelayConnection(this, connector, endPoint, before), connector, endPoint);
    }

    /** @param before how many requests the connection has brought already */
    OtherLane servletConnection(Connector connector, EndPoint endPoint, long before) {
        OtherLane other = new OtherLane(this, getHttpConfiguration(), connector, endPoint, before);
        configure(other, connector, endPoint);
        return other;
    }

    RequestHeadReader reader() {
        return new RequestHeadReader(longestHead, mostFields);
    }

    void serve(RelayedRequest request, RelayedResponse response) {
        getHttpConfiguration()
                .getCustomizers()
                .forEach(customizer -> customizer.customize(request, response.getHeaders()));
        service.serve(request, response);
    }
}
