package io.limpet.proxy.relay;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.thread.SerializedInvoker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection as long as this lane serves it: one request after the other, and with the first that is not plain
 * it becomes the servlet lane's, with all bytes of that request.
 *
 * <p>It listens all the while, so that the kernel is told but once what it listens for, and a client that leaves is
 * noticed at once. Everything happens in turn, on whatever thread: usually the loop's.
 */
public final class RelayConnection extends AbstractConnection.NonBlocking
        implements Connection.UpgradeFrom, Connection.UpgradeTo {

    private static final Logger LOG = LoggerFactory.getLogger(RelayConnection.class);

    /** A client gets so long to take the last response: to close at once might reset it (RFC 9112 §9.6). */
    private static final long LINGER_MILLIS = 1_000;

    private static final int MOST_LEFTOVERS = 64;

    private enum Stage {
        OPEN,
        /** No request is read any more; until the client closes, too. */
        LINGERING,
        /** Closed, or the other lane's. */
        LEFT
    }

    private final RelayConnections lane;
    private final Connector connector;
    private final RequestReader reader;
    private final SerializedInvoker turn = new SerializedInvoker("relay");
    private final ClientInput input;
    private Stage stage = Stage.OPEN;
    private boolean armed;
    private boolean ended;
    private int leftovers;
    private volatile @Nullable RelayedRequest request;
    private volatile @Nullable RelayedResponse response;
    private final AtomicLong requests;

    /** @param before how many requests the connection has brought already */
    RelayConnection(RelayConnections lane, Connector connector, EndPoint endPoint, long before) {
        super(endPoint, connector.getExecutor());
        this.lane = lane;
        this.requests = new AtomicLong(before);
        this.connector = connector;
        this.reader = new RequestReader(this, lane, connector);
        this.input = new ClientInput(connector.getByteBufferPool());
    }

    /** Whether a request is under way. */
    public boolean isUsed() {
        return request != null;
    }

    /** How many requests it has brought. */
    @Override
    public long getMessagesIn() {
        return requests.get();
    }

    @Override
    public void onOpen() {
        super.onOpen();
        lane.opened(this);
        turn.run(this::next);
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        lane.closed(this);
        super.onClose(cause);
    }

    /** Somebody passes by the request that is under way. */
    void pass() {
        RelayedRequest current = request;
        if (current != null) {
            current.passed();
        }
    }

    /** What was read before this lane had the connection. */
    @Override
    public void onUpgradeTo(ByteBuffer bytes) {
        input.add(bytes);
    }

    private void arm() {
        if (!armed && stage != Stage.LEFT && !ended) {
            armed = true;
            fillInterested();
        }
    }

    @Override
    public void onFillable() {
        turn.run(this::fill);
    }

    private void fill() {
        armed = false;
        if (stage == Stage.LEFT) {
            return;
        }
        try {
            if (stage == Stage.LINGERING) {
                input.clear();
            }
            ended = input.fill(getEndPoint()) < 0;
        } catch (IOException e) {
            gone(e);
            return;
        }
        if (stage == Stage.LINGERING) {
            linger();
        } else if (request == null) {
            next();
        } else if (input.hasRoom()) {
            arm();
        }
    }

    /** Reads the next request as far as it is there. */
    private void next() {
        if (input.isEmpty()) {
            await();
            return;
        }
        Optional<RelayedRequest> plain = reader.next(input);
        if (plain.isPresent()) {
            begin(plain.get());
        } else {
            handOver();
        }
    }

    private void begin(RelayedRequest next) {
        RelayedResponse answer =
                new RelayedResponse(next, getEndPoint(), connector.getServer().getDateField());
        if (input.isEmpty()) {
            input.release();
        }
        requests.incrementAndGet();
        request = next;
        response = answer;
        arm();
        try {
            lane.serve(next, answer);
        } catch (RuntimeException | Error e) { // a client that waits for ever would be worse
            LOG.warn("a request could not be served", e);
            gone(e);
        }
    }

    void over(RelayedRequest which) {
        turn.run(() -> {
            RelayedResponse answer = response;
            if (!isUnderWay(which) || answer == null) {
                return;
            }
            request = null;
            response = null;
            which.consumeAvailable();
            if (stage == Stage.LEFT) {
                return;
            }
            if (answer.isFollowed()) {
                next();
            } else if (answer.isCompletedSuccessfully()) {
                stage = Stage.LINGERING;
                getEndPoint().shutdownOutput();
                getEndPoint().setIdleTimeout(LINGER_MILLIS);
                linger();
            } else {
                leave(null);
            }
        });
    }

    @SuppressWarnings("ReferenceEquality") // two with the same attributes are two all the same
    private boolean isUnderWay(RelayedRequest which) {
        return request == which;
    }

    private void linger() {
        ended |= ++leftovers > MOST_LEFTOVERS;
        await();
    }

    private void await() {
        input.release();
        if (ended) {
            leave(null);
        } else {
            arm();
        }
    }

    /** The end of what it sends counts as its leaving, also behind a next request, as on the other lane. */
    void watch(RelayedRequest which) {
        turn.run(() -> {
            if (isUnderWay(which) && ended) {
                which.clientLeft(new EOFException("the client has left"));
            }
        });
    }

    void cut(RelayedRequest which) {
        turn.run(() -> {
            if (isUnderWay(which) && stage != Stage.LEFT) {
                leave(null);
            }
        });
    }

    private void gone(Throwable cause) {
        RelayedRequest current = request;
        leave(cause);
        if (current != null) {
            current.clientLeft(cause);
        }
    }

    private void leave(@Nullable Throwable cause) {
        stage = Stage.LEFT;
        input.release();
        getEndPoint().close(cause);
    }

    private void handOver() {
        stage = Stage.LEFT;
        if (armed) {
            Beneath.stopListening(getEndPoint());
        }
        OtherLane other = lane.servletConnection(connector, getEndPoint(), requests.get());
        // Jetty drops without a word what does not fit
        other.setInputBufferSize(
                Math.max(other.getInputBufferSize(), input.bytes().remaining()));
        getEndPoint().upgrade(other);
    }

    @Override
    public @Nullable ByteBuffer onUpgradeFrom() {
        return input.take();
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        turn.run(() -> {
            armed = false;
            if (stage != Stage.LEFT) {
                gone(cause);
            }
        });
    }

    /** While a node works the connection is not idle; while a client takes nothing it is. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return request == null || Beneath.isWriting(getEndPoint());
    }
}
