package io.limpet.proxy.relay;

import io.limpet.proxy.http1.RequestHeadReader;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;

/** HTTP/1.1 that begins on the fast lane. */
public final class RelayConnections extends AbstractConnectionFactory implements HttpConfiguration.ConnectionFactory {

    /** Longer heads, and requests that are longer with their body, are not plain. */
    static final int LONGEST = 16 * 1024;

    private final HttpConnectionFactory servletLane;
    private final int longestHead;
    private final int mostFields;
    private final Service service;

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
