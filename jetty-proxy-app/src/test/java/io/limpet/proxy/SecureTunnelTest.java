package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets over TLS (wss): the tunnel ends where TLS does, and passes each end on by itself. */
class SecureTunnelTest {

    private static final String ASKED =
            "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    private static final TestCertificate SHOP = TestCertificate.shared();

    private static TestProxy over(SocketNode node) {
        return TestProxy.behind(TestInbound.overTls(SHOP), node.node());
    }

    private static SSLSocket connect(TestProxy proxy) throws IOException {
        SSLSocket socket = (SSLSocket) TestCertificate.trusting(SHOP)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), proxy.tlsPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** A client that ends in order says close_notify, and may still listen, in TLS 1.3 (RFC 8446 §6.1). */
    @Test
    void megabytesComeBackAlsoBehindTheClientsEnd() throws Exception {
        String sent = "0123456789abcdef".repeat(200_000);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED);
                    connection.getInputStream().transferTo(connection.getOutputStream());
                    SocketNode.write(connection, "the end");
                    connection.close();
                });
                TestProxy proxy = over(n1);
                SSLSocket client = connect(proxy)) {
            client.setEnabledProtocols(new String[] {"TLSv1.3"});
            write(client, ASKED);
            assertThat(SocketNode.readUntil(client.getInputStream(), "\r\n\r\n"))
                    .startsWith("HTTP/1.1 101 ");
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    write(client, sent);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(rest(client)).isEqualTo(sent + "the end");
            sending.get(20, TimeUnit.SECONDS);
        }
    }

    /** Without close_notify the client's library would throw: it could have been cut off by anybody on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theNodesEndReachesTheClientInOrder(String version) throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED + "hello");
                    connection.close();
                });
                TestProxy proxy = over(n1);
                SSLSocket client = connect(proxy)) {
            client.setEnabledProtocols(new String[] {version});
            write(client, ASKED);
            assertThat(rest(client)).endsWith("\r\n\r\nhello");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesInOrderOrNotIsPassedOn(boolean inOrder) throws Exception {
        Semaphore told = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, AGREED);
                    ClosedSockets.awaitEnd(connection);
                    told.release();
                    connection.close();
                });
                TestProxy proxy = over(n1);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.tlsPort());
                SSLSocket client = (SSLSocket) TestCertificate.trusting(SHOP)
                        .getSocketFactory()
                        .createSocket(socket, "127.0.0.1", proxy.tlsPort(), true)) {
            client.setSoTimeout(20_000);
            write(client, ASKED);
            SocketNode.readUntil(client.getInputStream(), "\r\n\r\n");
            leave(inOrder ? client : socket, inOrder);
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void leave(Socket socket, boolean inOrder) throws IOException {
        if (!inOrder) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }
}
