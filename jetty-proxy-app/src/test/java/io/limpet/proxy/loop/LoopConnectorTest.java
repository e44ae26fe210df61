package io.limpet.proxy.loop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopConnectorTest {

    private static final int LIMIT_SECONDS = 20;

    private final Server server = new Server(new LoopThreads(50));
    private final LoopConnector connector =
            new LoopConnector(server, Duration.ofSeconds(1), new HttpConnectionFactory());
    private final Dialling handler = new Dialling();
    private final ServerSocket node = listening();

    /** A handler that opens a connection on the loop of its request, and answers when the node says something. */
    private final class Dialling extends Handler.Abstract.NonBlocking {

        private final CompletableFuture<Optional<Loop>> asked = new CompletableFuture<>();
        private final CompletableFuture<Optional<Loop>> heard = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            asked.complete(Loop.current());
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(node.getLocalSocketAddress());
            Loop.current().orElseThrow().connect(channel, new Outbound() {
                @Override
                public Connection opened(EndPoint endPoint) {
                    return new Listening(endPoint, callback);
                }

                @Override
                public void failed(Throwable cause) {
                    failed.complete(cause);
                    callback.failed(cause);
                }
            });
            return true;
        }
    }

    private final class Listening extends AbstractConnection.NonBlocking {

        private final Callback answer;

        Listening(EndPoint endPoint, Callback answer) {
            super(endPoint, server.getThreadPool());
            this.answer = answer;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested();
        }

        @Override
        public void onFillable() {
            handler.heard.complete(Loop.current());
            answer.succeeded();
        }
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        node.close();
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        client.setSoTimeout(LIMIT_SECONDS * 1_000);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
        return client;
    }

    @Test
    void aNodeIsHeardOfOnTheLoopOfTheClientForWhomItWorks() throws Exception {
        try (Socket client = client();
                Socket accepted = node.accept()) {
            accepted.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        Optional<Loop> asked = handler.asked.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(asked).isPresent();
        assertThat(handler.heard.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(asked);
    }

    @Test
    void aConnectionToANodeIsNoClient() throws Exception {
        try (Socket client = client();
                Socket accepted = node.accept()) {
            accepted.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('H');
            assertThat(connector.getConnectedEndPoints()).hasSize(1);
        }
    }

    @Test
    void whoeverIsRefusedIsTold() throws Exception {
        node.close();
        try (Socket client = client()) {
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
        assertThat(handler.failed.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }

    @Test
    void aLoopHandsToOthersWhateverIsNotItsConnections() throws Exception {
        CompletableFuture<Optional<Loop>> elsewhere = new CompletableFuture<>();
        try (Socket client = client();
                Socket accepted = node.accept()) {
            Runnable task = () -> elsewhere.complete(Loop.current());
            handler.asked
                    .thenAccept(loop -> loop.orElseThrow()
                            .submit(selector -> server.getThreadPool().execute(task)))
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(elsewhere.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEmpty();
            accepted.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
    }
}
