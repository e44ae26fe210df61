package io.limpet.proxy;

import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.machine.SocketPair;
import java.io.EOFException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Whether an HTTP/1.1 client is still there while nobody reads from it: {@link ClientWatch} listens where nothing of its
 * is unread, and where something is, the machine is asked. Of an HTTP/2 client Jetty tells.
 *
 * <p>Used by the patrol's thread, and ended by any.
 */
final class Presence implements DepartureWatch {

    private final ClientWatch watch;
    private final Departures departures;
    private final Optional<SocketPair> socket;
    private final Consumer<Throwable> left;
    private volatile Departures.@Nullable Look look;
    private volatile boolean ended;

    private Presence(
            ConnectionMetaData client, AbstractEndPoint endPoint, Departures departures, Consumer<Throwable> left) {
        Connection connection = client.getConnection();
        this.watch = new ClientWatch(endPoint, connection, left);
        this.departures = departures;
        this.socket = EndPoints.socket(connection);
        this.left = left;
    }

    /**
     * Of this client; empty when somebody else tells, or nobody can.
     *
     * @param left hears that it has left, twice at most
     */
    static Optional<DepartureWatch> of(ConnectionMetaData client, Departures departures, Consumer<Throwable> left) {
        if (client.getHttpVersion().getVersion() > HttpVersion.HTTP_1_1.getVersion()) {
            return Optional.empty();
        }
        return EndPoints.of(client.getConnection()).map(endPoint -> new Presence(client, endPoint, departures, left));
    }

    @Override
    public void listen() {
        if (watch.begin()) {
            stopLooking();
        } else {
            look();
        }
    }

    @Override
    public void look() {
        if (look == null && !ended) {
            socket.ifPresent(
                    ends -> look = departures.at(ends, () -> left.accept(new EOFException("the client has left"))));
            if (ended) {
                stopLooking();
            }
        }
    }

    @Override
    public void stopLooking() {
        Departures.Look begun = look;
        if (begun != null) {
            look = null;
            begun.end();
        }
    }

    @Override
    public void end() {
        ended = true;
        watch.end();
        stopLooking();
    }
}
