package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Takes so many connections and no more. While it is full, connections on which nothing is under way make room.
 *
 * <p>Not with the idle time-out that Jetty's own has for this: it would hold for every connection, and whoever fills the
 * proxy would end the quiet WebSockets and the long answers of all others.
 */
final class ConnectionLimit extends NetworkConnectionLimit {

    /** Silent for so long between two requests, a connection may be closed for another. */
    private static final long ROOM_IDLE_MILLIS = 5_000;

    private static final long PERIOD_MILLIS = 250;

    private final List<ServerConnector> connectors;
    private volatile boolean full;

    ConnectionLimit(Limits limits, List<ServerConnector> connectors) {
        super(limits.connections(), connectors.toArray(Connector[]::new));
        this.connectors = connectors;
    }

    @Override
    protected void limit() {
        super.limit();
        full = true;
        makeRoomSoon();
    }

    @Override
    protected void unlimit() {
        full = false;
        super.unlimit();
    }

    @Override
    protected void doStop() throws Exception {
        full = false;
        super.doStop();
    }

    private void makeRoomSoon() {
        var unused = connectors.get(0).getScheduler().schedule(this::makeRoom, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void makeRoom() {
        if (!full) {
            return;
        }
        for (ServerConnector connector : connectors) {
            connector.getConnectedEndPoints().stream()
                    .filter(ConnectionLimit::isUnused)
                    .forEach(EndPoint::close);
        }
        makeRoomSoon();
    }

    private static boolean isUnused(EndPoint socket) {
        return EndPoints.inside(socket) instanceof HttpConnection http
                && http.getParser().isStart()
                && socket instanceof AbstractEndPoint endPoint
                && endPoint.getIdleFor() >= ROOM_IDLE_MILLIS;
    }
}
