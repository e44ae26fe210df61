package io.limpet.talk;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Answers a text with this node's name before it, bytes with the same bytes; {@code close 4001} closes with that code. */
@ServerEndpoint(
        value = "/talk",
        subprotocols = {"talk.v2", "talk.v1"},
        configurator = Talk.OfSession.class)
public final class Talk {

    private static final int LONGEST = 4 * 1024 * 1024;
    private static final String ID = "session";

    /** Remembers the container's session id of whoever opens it. */
    public static final class OfSession extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            if (request.getHttpSession() instanceof HttpSession session) {
                config.getUserProperties().put(ID, session.getId());
            }
        }
    }

    private String id = "";

    /** It may be long. */
    @OnOpen
    public void open(Session socket, EndpointConfig config) {
        socket.setMaxTextMessageBufferSize(LONGEST);
        socket.setMaxBinaryMessageBufferSize(LONGEST);
        id = String.valueOf(config.getUserProperties().get(ID));
    }

    /** Whoever listens to events of the same session hears it, too. */
    @OnMessage(maxMessageSize = LONGEST)
    public void hear(String text, Session socket) throws IOException {
        if (text.startsWith("close ")) {
            int code = Integer.parseInt(text.substring(6));
            socket.close(new CloseReason(CloseCodes.getCloseCode(code), "as you say"));
            return;
        }
        Gossip.tell(id, text);
        socket.getBasicRemote().sendText(TalkNode.name() + ": " + text);
    }

    /** The same again. */
    @OnMessage(maxMessageSize = LONGEST)
    public ByteBuffer hear(ByteBuffer bytes) {
        return bytes;
    }
}
