package io.limpet.proxy.relay;

import java.util.Optional;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;

/** A connection that this lane has handed over, for as long as there are requests that are not plain. */
public final class OtherLane extends HttpConnection {

    private final RelayConnections lane;
    private final long before;

    /** @param before how many requests the connection has brought already */
    OtherLane(RelayConnections lane, HttpConfiguration http, Connector connector, EndPoint endPoint, long before) {
        super(http, connector, endPoint);
        this.lane = lane;
        this.before = before;
    }

    @Override
    public long getMessagesIn() {
        return before + super.getMessagesIn();
    }

    /**
     * A head that is refused is answered on another thread. To listen meanwhile, as Jetty does when it has not read the
     * head itself, would end the connection with the next bytes of it, before the answer; behind that it listens again.
     */
    @Override
    public void fillInterested(Callback callback) {
        boolean refused =
                getParser().isState(HttpParser.State.CLOSE) || getParser().isState(HttpParser.State.CLOSED);
        if (!refused || getHttpChannel().getRequest() == null) {
            super.fillInterested(callback);
        }
    }

    /**
     * The response to this request is written: the fast lane takes the connection back, if it is one of its own and request
     * and response are known to be read and written to the last byte. To be called before the server hears that the request
     * is over.
     */
    public static void leave(Request request) {
        if (request.getConnectionMetaData().getConnection() instanceof OtherLane handedOver) {
            handedOver
                    .successor(request)
                    .ifPresent(fast ->
                            Request.unWrap(request).setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, fast));
        }
    }

    /** Not behind an upgrade; nor with bytes of a next request: this lane reads such by itself, as many as there are. */
    private Optional<Connection> successor(Request request) {
        boolean ended = getGenerator().isEnd()
                && getGenerator().isPersistent()
                && getParser().isState(HttpParser.State.END)
                && isRequestBufferEmpty()
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) == null;
        return ended ? Optional.of(lane.connection(getConnector(), getEndPoint(), getMessagesIn())) : Optional.empty();
    }
}
