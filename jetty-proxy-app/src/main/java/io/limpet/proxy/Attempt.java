package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.upstream.Exchange;
import io.limpet.proxy.upstream.ExchangeListener;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.proxy.upstream.OutgoingRequest;
import io.limpet.proxy.upstream.UpgradeTunnel;
import io.limpet.proxy.upstream.Upstream;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * One request to one node: either its response goes to the client, or {@link Forwarding#failed} hears how it failed.
 *
 * <p>Called by the exchange, one thread at a time; {@link #passed} by the patrol's; the others by any.
 */
final class Attempt implements ExchangeListener {

    /** A second, as long as clients wait, too, before they send a body unasked. */
    private static final int ROUNDS_UNTIL_BODY = 4;

    private final Forwarding forwarding;
    private final Choice.Served choice;
    private volatile Failure.Sent sent = Failure.Sent.NOTHING;
    private volatile @Nullable Exchange exchange;
    private volatile @Nullable Throwable aborted;
    private int rounds;

    Attempt(Forwarding forwarding, Choice.Served choice) {
        this.forwarding = forwarding;
        this.choice = choice;
    }

    Choice.Served choice() {
        return choice;
    }

    /** @param onNewConnection whether it must be one that cannot be stale */
    void send(Upstream upstream, OutgoingRequest request, boolean onNewConnection) {
        choice.member().inFlight().enter();
        Exchange begun = upstream.send(choice.node().uri(), onNewConnection, request, this);
        exchange = begun;
        Throwable cause = aborted;
        if (cause != null) {
            begun.abort(cause);
        }
    }

    /** Nobody waits for the answer any more: the node is told by the end of its connection. */
    void abort(Throwable cause) {
        aborted = cause;
        Exchange begun = exchange;
        if (begun != null) {
            begun.abort(cause);
        }
    }

    /** It ends for another reason than the client's leaving: who asked is told, unless the answer has begun. */
    void fail(Throwable cause) {
        Exchange begun = exchange;
        if (begun != null) {
            begun.abort(cause);
        }
    }

    /** The patrol was here: a node that has the head for long, and asks for no body, may be one that never does. */
    void passed() {
        Exchange begun = exchange;
        if (begun != null && sent != Failure.Sent.NOTHING && ++rounds == ROUNDS_UNTIL_BODY) {
            begun.goOn();
        }
    }

    /** Whether nothing more of the request is to be written. */
    boolean isSent() {
        Exchange begun = exchange;
        return begun != null && begun.isSent();
    }

    @Override
    public void sending(boolean pooled) {
        sent = pooled ? Failure.Sent.ON_POOLED : Failure.Sent.ON_NEW;
    }

    @Override
    public CompletionStage<?> interim(int status, HttpFields fields) {
        return forwarding.interim(status, fields);
    }

    @Override
    public void answered(NodeResponse response) {
        forwarding.answered(this, response);
    }

    @Override
    public void switched(HttpFields fields, UpgradeTunnel tunnel) {
        forwarding.switched(this, fields, tunnel);
    }

    @Override
    public void failed(Throwable cause) {
        if (aborted == null) {
            forwarding.failed(this, cause, sent);
        }
    }

    @Override
    public void ended() {
        choice.member().inFlight().leave();
    }
}
