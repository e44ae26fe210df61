package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off clients that dribble (slowloris): idle limits begin anew with each byte, so a connection could be held with a
 * byte a minute. Jetty's own {@code MinimumDataRateHandler} looks only when the next byte comes, and not at heads.
 *
 * <p>Looks at all connections twice a second, on the scheduler's thread; what it reads of them is as of a moment ago.
 */
final class SlowClients extends AbstractLifeCycle {

    private static final long PERIOD_MILLIS = 500;

    private final Limits limits;
    private final ServerConnector connector;
    private Map<HttpConnection, Waited> waiting = new HashMap<>();
    private volatile Scheduler.@Nullable Task next;

    SlowClients(Limits limits, ServerConnector connector) {
        this.limits = limits;
        this.connector = connector;
    }

    /**
     * A connection whose client owes bytes.
     *
     * @param message which of its requests it is
     * @param body whether the head has come
     * @param bytes how many had come on the connection when this began
     * @param nanos how long the proxy has waited since
     */
    private record Waited(long message, boolean body, long bytes, long nanos) {

        static Waited of(HttpConnection connection) {
            return new Waited(
                    connection.getMessagesIn(), connection.getParser().inContentState(), connection.getBytesIn(), 0);
        }

        Waited longer(Waited now, long period) {
            return now.message == message && now.body == body ? new Waited(message, body, bytes, nanos + period) : now;
        }
    }

    @Override
    protected void doStart() {
        schedule();
    }

    @Override
    protected void doStop() {
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void schedule() {
        next = connector.getScheduler().schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<HttpConnection, Waited> seen = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            if (EndPoints.inside(endPoint) instanceof HttpConnection connection && owesBytes(connection)) {
                Waited now = Waited.of(connection);
                Waited before = waiting.getOrDefault(connection, now);
                Waited waited = before.longer(now, TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
                seen.put(connection, waited);
                if (isTooSlow(waited, now.bytes)) {
                    cutOff(connection);
                }
            }
        }
        waiting = seen;
        if (isRunning()) {
            schedule();
        }
    }

    /** In the middle of a request, and the proxy waits for more of it: not while a node takes the body slowly. */
    private static boolean owesBytes(HttpConnection connection) {
        HttpParser parser = connection.getParser();
        boolean inRequest = parser.inContentState() || (parser.inHeaderState() && !parser.isStart());
        return inRequest
                && EndPoints.of(connection)
                        .filter(endPoint -> endPoint.getFillInterest().isInterested())
                        .isPresent();
    }

    private boolean isTooSlow(Waited waited, long bytes) {
        // a body's rate, too, is taken over no less: a client's network may stop for a while
        if (waited.nanos <= limits.headTime().toNanos()) {
            return false;
        }
        double seconds = (double) waited.nanos / TimeUnit.SECONDS.toNanos(1);
        return !waited.body || bytes - waited.bytes < limits.bodies().sendRate() * seconds;
    }

    private static void cutOff(HttpConnection connection) {
        EndPoints.of(connection)
                .ifPresent(
                        endPoint -> endPoint.getFillInterest().onFail(new TimeoutException("the client is too slow")));
        if (!connection.getParser().inContentState()) {
            connection.getEndPoint().close();
        }
    }
}
