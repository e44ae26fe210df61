package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import io.limpet.proxy.listen.Rounds;
import java.nio.channels.SelectableChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes so many connections and no more: whoever comes then waits to be accepted. While it is full, connections on which
 * nothing is under way make room.
 *
 * <p>Jetty's own {@code NetworkConnectionLimit} closes whom it has accepted beyond the limit, which are all who waited
 * when one was accepted on another port. And its idle time-out would hold for every connection: whoever fills the proxy
 * would end the quiet WebSockets and the long answers of all others.
 *
 * <p>Several ports may accept in the same moment: there is one connection too many for each but one of them then.
 */
final class ConnectionLimit extends AbstractLifeCycle implements SelectorManager.AcceptListener {

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

    private final int most;
    private final List<ServerConnector> connectors;
    private final Rounds rounds;
    private final Object lock = new Object();
    private int count;
    private boolean full;

    /** Since when it is full, counted. */
    private volatile int filled;

    private int filledAtLastLook;

    /** What was seen last; of the scheduler's thread that looks, and of one at a time. */
    private Map<EndPoint, Look> looks = Map.of();

    ConnectionLimit(Limits limits, List<ServerConnector> connectors) {
        this.most = limits.connections();
        this.connectors = connectors;
        this.rounds = new Rounds(connectors.get(0).getScheduler(), PERIOD_MILLIS, this::makeRoom);
    }

    @Override
    protected void doStart() {
        connectors.forEach(connector -> connector.addBean(this));
    }

    @Override
    protected void doStop() {
        rounds.stop();
        connectors.forEach(connector -> connector.removeBean(this));
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        synchronized (lock) {
            count++;
            if (count >= most && !full) {
                full = true;
                filled++;
                LOG.info("all {} connections are taken: the next wait to be accepted", most);
                connectors.forEach(connector -> connector.setAccepting(false));
                rounds.start();
            }
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        synchronized (lock) {
            count--;
            if (count < most && full && isRunning()) {
                full = false;
                LOG.info("not all {} connections are taken any more", most);
                rounds.stop();
                connectors.forEach(connector -> connector.setAccepting(true));
            }
        }
    }

    private void makeRoom() {
        // what was seen when it was full before tells nothing of the time between
        Map<EndPoint, Look> before = filledAtLastLook == filled ? looks : Map.of();
        filledAtLastLook = filled;
        looks = new HashMap<>();
        for (ServerConnector connector : connectors) {
            connector.getConnectedEndPoints().forEach(socket -> tryToLook(socket, before));
        }
    }

    private void tryToLook(EndPoint socket, Map<EndPoint, Look> before) {
        try {
            look(socket, before);
        } catch (RuntimeException e) { // it would keep the others from making room
            LOG.warn("a connection could not be looked at: whether it is used is unknown", e);
        }
    }

    private void look(EndPoint socket, Map<EndPoint, Look> before) {
        Stage stage = Stage.of(socket);
        if (stage == Stage.USED) {
            return;
        }
        Connection inside = EndPoints.inside(socket);
        Look look = new Look(stage, inside == null ? 0 : inside.getMessagesIn(), 1).behind(before.get(socket));
        looks.put(socket, look);
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
