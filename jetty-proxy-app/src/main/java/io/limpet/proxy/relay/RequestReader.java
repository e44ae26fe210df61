package io.limpet.proxy.relay;

import io.limpet.proxy.http1.Progress;
import io.limpet.proxy.http1.RequestHeadReader;
import io.limpet.proxy.upstream.RepeatedFields;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;

/** Reads the plain requests of one connection. Not thread-safe. */
final class RequestReader {

    private final RelayConnection connection;
    private final ClientConnection client;
    private final RequestHeadReader head;
    private final Targets targets;

    RequestReader(RelayConnection connection, RelayConnections lane, Connector connector) {
        this.connection = connection;
        this.client = new ClientConnection(connection, lane.getHttpConfiguration(), connector);
        this.head = lane.reader();
        this.targets = new Targets(client.isSecure());
    }

    /**
     * The next request, taken from the input with its body; empty, and nothing taken, when that is not plain or not
     * whole. What is not here at once may never come: the other lane knows how long to wait for it.
     */
    Optional<RelayedRequest> next(ClientInput input) {
        ByteBuffer bytes = input.bytes();
        head.begin();
        Progress progress = head.read(bytes, bytes.position(), bytes.limit());
        if (progress != Progress.DONE
                || head.length() + head.framing().length() > bytes.remaining()
                || !PlainRequests.include(head)) {
            return Optional.empty();
        }
        HttpFields fields = RepeatedFields.of(head.fields());
        String target = head.isTarget(targets.last()) ? targets.last() : head.target();
        input.skip(head.length());
        Content.Chunk body = input.keep((int) head.framing().length());
        return Optional.of(new RelayedRequest(
                connection, client, PlainRequests.method(head), targets.uri(target, fields), fields, body));
    }
}
