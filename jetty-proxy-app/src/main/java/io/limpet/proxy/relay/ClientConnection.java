package io.limpet.proxy.relay;

import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;

/** What the rules may know of a client's connection. Immutable but for its attributes. */
final class ClientConnection extends Attributes.Lazy implements ConnectionMetaData, Components {

    private final RelayConnection connection;
    private final HttpConfiguration http;
    private final Connector connector;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final boolean secure;

    ClientConnection(RelayConnection connection, HttpConfiguration http, Connector connector) {
        this.connection = connection;
        this.http = http;
        this.connector = connector;
        this.local = connection.getEndPoint().getLocalSocketAddress();
        this.remote = connection.getEndPoint().getRemoteSocketAddress();
        this.secure = connection.getEndPoint().isSecure();
    }

    @Override
    public String getId() {
        return Integer.toHexString(System.identityHashCode(connection));
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return http;
    }

    @Override
    public HttpVersion getHttpVersion() {
        return HttpVersion.HTTP_1_1;
    }

    @Override
    public String getProtocol() {
        return HttpVersion.HTTP_1_1.asString();
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public Connector getConnector() {
        return connector;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public ByteBufferPool getByteBufferPool() {
        return connector.getByteBufferPool();
    }

    @Override
    public Scheduler getScheduler() {
        return connector.getScheduler();
    }

    @Override
    @SuppressWarnings("removal") // the interface has it still
    public ThreadPool getThreadPool() {
        return connector.getServer().getThreadPool();
    }

    @Override
    public Attributes getCache() {
        return this;
    }
}
