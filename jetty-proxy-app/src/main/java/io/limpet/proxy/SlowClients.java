package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import io.limpet.proxy.listen.Rounds;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off clients that dribble (slowloris): idle limits begin anew with each byte, so a connection could be held with a
 * byte a minute. Jetty's own {@code MinimumDataRateHandler} looks only when the next byte comes, and not at heads.
 *
 * <p>Looks at all connections twice a second, on the scheduler's thread; what it reads of them is as of a moment ago.
 */
final class SlowClients extends AbstractLifeCycle {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

    private static final long PERIOD_MILLIS = 500;

    private final Limits limits;
    private final ServerConnector connector;
    private Map<EndPoint, Waited> waiting = new HashMap<>();
    private final Rounds looks;

    SlowClients(Limits limits, ServerConnector connector) {
        this.limits = limits;
        this.connector = connector;
        this.looks = new Rounds(connector.getScheduler(), PERIOD_MILLIS, this::look);
    }

    /**
     * A client that owes bytes.
     *
     * @param debt as it was when this began
     * @param nanos how long the proxy has waited since
     */
    private record Waited(Debt debt, long nanos) {

        Waited longer(Debt now, long period) {
            return now.continues(debt) ? new Waited(debt, nanos + period) : new Waited(now, 0);
        }
    }

    @Override
    protected void doStart() {
        looks.start();
    }

    @Override
    protected void doStop() {
        looks.stop();
    }

    private void look() {
        Map<EndPoint, Waited> seen = new HashMap<>();
        for (EndPoint socket : connector.getConnectedEndPoints()) {
            look(socket, seen);
        }
        waiting = seen;
    }

    private void look(EndPoint socket, Map<EndPoint, Waited> seen) {
        try {
            Optional<Debt> owed = Debt.on(socket);
            if (owed.isPresent()) {
                Debt now = owed.get();
                Waited before = waiting.getOrDefault(socket, new Waited(now, 0));
                Waited waited = before.longer(now, TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
                seen.put(socket, waited);
                if (isTooSlow(waited, now.bytes())) {
                    cutOff(socket, now.what());
                }
            }
        } catch (RuntimeException e) { // it would keep the others from being looked at
            LOG.warn("a connection could not be looked at: whether its client is slow is unknown", e);
        }
    }

    private boolean isTooSlow(Waited waited, long bytes) {
        // a body's rate, too, is taken over no less: a client's network may stop for a while
        if (waited.nanos <= limits.headTime().toNanos()) {
            return false;
        }
        long since = bytes - waited.debt.bytes();
        return switch (waited.debt.what()) {
            case GREETING, HEAD -> true;
            // nothing more has come: it may be a frame of a kind that is unknown, and whole
            case FRAME -> since > 0;
            case BODY -> since < limits.bodies().sendRate() * (double) waited.nanos / TimeUnit.SECONDS.toNanos(1);
        };
    }

    private static void cutOff(EndPoint socket, Debt.What owed) {
        Connection inside = EndPoints.inside(socket);
        switch (owed) {
            case GREETING -> socket.close();
            case FRAME -> {
                if (inside instanceof HTTP2Connection http2
                        && !http2.getSession().isClosed()) {
                    // in so many words, if it takes them
                    int code = ErrorCode.ENHANCE_YOUR_CALM_ERROR.code;
                    http2.getSession().close(code, "too slow", Callback.from(socket::close));
                } else {
                    socket.close();
                }
            }
            case HEAD -> {
                stopWaiting(inside);
                socket.close();
            }
            case BODY -> stopWaiting(inside);
        }
    }

    private static void stopWaiting(@Nullable Connection http) {
        if (http != null) {
            EndPoints.of(http)
                    .ifPresent(endPoint ->
                            endPoint.getFillInterest().onFail(new TimeoutException("the client is too slow")));
        }
    }
}
