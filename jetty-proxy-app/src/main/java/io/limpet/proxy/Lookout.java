package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the patrol looks for at one request: whether its client is still there, and neither sends nor takes too slowly.
 *
 * <p>Called by the patrol's thread.
 */
final class Lookout implements Patrol.Post {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    /** Half a second at most: then it is worth a system call to hear of a client that leaves. */
    private static final int ROUNDS_UNTIL_WATCHED = 2;

    /** Tells which attempt is under way. */
    interface Current {
        /** Empty before the first. */
        Optional<Attempt> attempt();
    }

    private final ClientSide client;
    private final RequestBody body;
    private final Leftover leftover;
    private final Current current;
    private final TakingPace taking;
    private final SendingPace sending;
    private final SendingPace sendingInVain;
    private int rounds;

    /** Whether the client's stream was over when the patrol came by last. */
    private boolean streamWasOver;

    Lookout(ClientSide client, RequestBody body, Leftover leftover, Limits limits, Current current) {
        this.client = client;
        this.body = body;
        this.leftover = leftover;
        this.current = current;
        this.taking = new TakingPace(limits);
        this.sending = new SendingPace(limits);
        this.sendingInVain = new SendingPace(limits);
    }

    /** Where it is written down how the client takes its response. */
    TakingPace taking() {
        return taking;
    }

    @Override
    public void passed() {
        rounds++;
        Optional<Attempt> attempt = current.attempt();
        attempt.ifPresent(Attempt::passed);
        if (rounds >= ROUNDS_UNTIL_WATCHED) {
            client.watch().ifPresent(watch -> watch(watch, attempt));
        }
        // SlowClients looks after the connections of HTTP/1.1
        if (!client.speaksHttp11()) {
            endSlowBody(attempt);
            noticeTheStreamsEnd();
        }
        if (taking.passed(Patrol.MILLIS)) {
            LOG.debug("a client was cut off: it takes its response too slowly");
            client.abort();
        }
    }

    /** The bytes that tell of a client's leaving are behind its body, in buffers that a node may still be sent from. */
    private void watch(DepartureWatch watch, Optional<Attempt> attempt) {
        body.lookAhead().ifPresent(client::clientFailed);
        boolean isSent = attempt.filter(Attempt::isSent).isPresent();
        if (body.hasArrived() && (!body.isPresent() || body.isUntouched() || isSent)) {
            watch.listen();
        } else if (body.isAwaited()) {
            watch.stopLooking();
        } else {
            watch.look();
        }
    }

    /**
     * Jetty tells of a stream's end, but lets it fall when it comes while the request is still in its servlet's thread: the
     * node would go on for nobody. Seen twice, because of an answer that has just been written nobody may know yet.
     */
    private void noticeTheStreamsEnd() {
        boolean isOver =
                ClientStream.of(client.request()).filter(ClientStream::isOver).isPresent();
        if (isOver && streamWasOver) {
            client.left(new EofException("the client has given up its stream"));
        }
        streamWasOver = isOver;
    }

    private void endSlowBody(Optional<Attempt> attempt) {
        if (attempt.isPresent() && body.isAwaited() && sending.waited(Patrol.MILLIS, body.received())) {
            body.giveUp();
            attempt.get().fail(new TimeoutException("the client sends its body too slowly"));
        }
        if (leftover.isAwaited() && sendingInVain.waited(Patrol.MILLIS, leftover.received())) {
            leftover.stop();
        }
    }
}
