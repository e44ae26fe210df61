package io.limpet.proxy;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an attempt that brought no response tells of its node, and what the client is told when it was the last.
 *
 * @param member the node with what is known of it
 * @param failure how the attempt ended
 * @param cause why
 */
record Aftermath(Nodes.Member member, Failure failure, Throwable cause) {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    void tell(NodeHealth health) {
        Node node = member.node();
        String why = Failure.describe(cause);
        if (failure == Failure.REFUSED) {
            health.refused(node, "no connection to " + node.uri() + ": " + why);
        }
        if (failure == Failure.UNREACHED) {
            health.unreached(node, "no connection to " + node.uri() + ": " + why);
        }
        if (failure.isTheNodes()) {
            health.failed(member, why);
        }
    }

    /** @param retryAfterSeconds when it may try again where the node has too much to do */
    void tell(ClientSide client, long retryAfterSeconds) {
        switch (failure) {
            case TIMED_OUT -> client.answer(new ErrorPage(504));
            case OVERLOADED -> client.answer(ErrorPage.unavailable(retryAfterSeconds));
            case CLIENT -> client.clientFailed(cause);
            case REFUSED, UNREACHED, UNRESOLVED, NOT_SENT, STALE, LOST, MALFORMED, UNFINISHED ->
                client.answer(new ErrorPage(502));
        }
        if (failure != Failure.CLIENT) {
            LOG.warn(
                    "{} was not answered by node '{}': {} ({}); the client was told {}",
                    client.request().getMethod(),
                    member.node(),
                    failure,
                    Failure.describe(cause),
                    client.response().getStatus());
        }
    }
}
