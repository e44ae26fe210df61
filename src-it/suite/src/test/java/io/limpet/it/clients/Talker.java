package io.limpet.it.clients;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/** A WebSocket of the library Java-WebSocket, which offers compression and two subprotocols. */
final class Talker extends WebSocketClient {

    private static final long LIMIT_SECONDS = 30;

    private final CompletableFuture<ServerHandshake> opened = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    /** @param uri of what speaks WebSocket, {@code ws} or {@code wss} */
    private Talker(URI uri) {
        super(
                uri,
                new Draft_6455(
                        List.of(new PerMessageDeflateExtension()),
                        List.of(new Protocol("talk.v9"), new Protocol("talk.v1"))));
    }

    /** Opens one in the session of this cookie. */
    static Talker open(URI proxy, String cookie) throws InterruptedException {
        return open(new Talker(URI.create("ws://" + proxy.getAuthority() + "/talk")), cookie);
    }

    /** The same over TLS. */
    static Talker openOverTls(TalkCluster cluster, String cookie) throws InterruptedException {
        Talker talker = new Talker(URI.create("wss://" + cluster.secureUri().getAuthority() + "/talk"));
        talker.setSocketFactory(cluster.certificate().trusted().getSocketFactory());
        return open(talker, cookie);
    }

    private static Talker open(Talker talker, String cookie) throws InterruptedException {
        talker.addHeader("Cookie", cookie);
        if (!talker.connectBlocking(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the WebSocket did not open");
        }
        return talker;
    }

    ServerHandshake handshake() {
        return opened.join();
    }

    /** The next message: a text, or bytes. */
    Object hear() throws InterruptedException {
        Object next = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    /** The code with which it was closed, by whomever. */
    int closeCode() throws Exception {
        return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened.complete(handshake);
    }

    @Override
    public void onMessage(String message) {
        heard.add(message);
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
        heard.add(bytes);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        closed.complete(code);
    }

    @Override
    public void onError(Exception e) {
        opened.completeExceptionally(e);
    }
}
