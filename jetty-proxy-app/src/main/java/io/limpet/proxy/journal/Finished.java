package io.limpet.proxy.journal;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.relay.RelayedResponse;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * A request that is over.
 *
 * @param choice where it went, the last time, and why
 * @param attempts how often it was sent to a node, as far as it could be sent
 * @param status what the client was told; 499 when it left before it was told anything
 * @param nanos from its head to its end
 * @param request the request
 * @param response the response
 */
public record Finished(Choice choice, int attempts, int status, long nanos, Request request, Response response) {

    /** The client has left before any answer: nginx's number for it. */
    public static final int CLIENT_LEFT = 499;

    /** The node that served it; empty when none did. */
    public Optional<Node> node() {
        return choice instanceof Choice.Served served ? Optional.of(served.node()) : Optional.empty();
    }

    /** The session that the node was asked for, without its route; empty when there was none. */
    public Optional<String> session() {
        return choice instanceof Choice.Served served
                ? Optional.of(served.session().value()).filter(id -> !id.isEmpty())
                : Optional.empty();
    }

    /** As the client has written it: {@code CONNECT} for a WebSocket in a stream (RFC 8441), whose node is sent a GET. */
    public String method() {
        return Request.unWrap(request).getMethod();
    }

    /** How many bytes of content the client was sent. */
    public long bytes() {
        return response instanceof RelayedResponse own ? own.contentBytes() : Response.getContentBytesWritten(response);
    }
}
