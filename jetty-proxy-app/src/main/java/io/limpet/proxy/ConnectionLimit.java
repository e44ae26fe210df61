package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes so many connections and no more. While it is full, connections on which nothing is under way make room.
 *
 * <p>Not with the idle time-out that Jetty's own has for this: it would hold for every connection, and whoever fills the
 * proxy would end the quiet WebSockets and the long answers of all others.
 */
final class ConnectionLimit extends NetworkConnectionLimit {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);

    /** Silent for so long between two requests, a connection may be closed for another. */
    private static final long ROOM_IDLE_MILLIS = 5_000;

    private static final long PERIOD_MILLIS = 250;

    /** As many in a row as there are in that time: who only says that it is there (PING, CRLF) is not idle, and unused. */
    private static final int LOOKS = (int) (ROOM_IDLE_MILLIS / PERIOD_MILLIS);

    private static final int LAST_LOOKS = 4;

    /**
     * A connection on which nothing is under way.
     *
     * @param requests how many it has brought
     * @param times how often it has looked the same in a row
     */
    private record Look(Stage stage, long requests, int times) {

        Look behind(@Nullable Look before) {
            return before != null && before.stage == stage && before.requests == requests
                    ? new Look(stage, requests, before.times + 1)
                    : this;
        }
    }

    private final List<ServerConnector> connectors;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean full;

    /** What was seen last; of the scheduler's thread that looks, and of one at a time. */
    private Map<EndPoint, Look> looks = Map.of();

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
        // it fills and empties as often as clients like: one looks all the same
        if (full && looking.compareAndSet(false, true)) {
            var unused =
                    connectors.get(0).getScheduler().schedule(this::makeRoom, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void makeRoom() {
        Map<EndPoint, Look> seen = new HashMap<>();
        try {
            if (full) {
                for (ServerConnector connector : connectors) {
                    connector.getConnectedEndPoints().forEach(socket -> tryToLook(socket, seen));
                }
            }
        } finally {
            looks = seen;
            looking.set(false);
            makeRoomSoon();
        }
    }

    private void tryToLook(EndPoint socket, Map<EndPoint, Look> seen) {
        try {
            look(socket, seen);
        } catch (RuntimeException e) { // it would keep the others from making room
            LOG.warn("a connection could not be looked at: whether it is used is unknown", e);
        }
    }

    private void look(EndPoint socket, Map<EndPoint, Look> seen) {
        Stage stage = Stage.of(socket);
        if (stage == Stage.USED) {
            return;
        }
        Connection inside = EndPoints.inside(socket);
        Look look = new Look(stage, inside == null ? 0 : inside.getMessagesIn(), 1).behind(looks.get(socket));
        seen.put(socket, look);
        if (look.times >= LOOKS || isIdle(socket)) {
            end(socket, inside, look.times);
        }
    }

    private static boolean isIdle(EndPoint socket) {
        return socket instanceof AbstractEndPoint endPoint && endPoint.getIdleFor() >= ROOM_IDLE_MILLIS;
    }

    /** An HTTP/2 client is told so, and has a second to take it: its next request may be on its way. */
    private static void end(EndPoint socket, @Nullable Connection inside, int times) {
        if (inside instanceof HTTP2Connection http2 && times < LOOKS + LAST_LOOKS) {
            http2.close();
            return;
        }
        socket.close();
    }
}
