package io.limpet.proxy;

import static io.limpet.proxy.Aborts.PATIENCE;
import static io.limpet.proxy.Aborts.TIMES;
import static io.limpet.proxy.Aborts.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever breaks off is passed on within a second, nearly always: something else may hold up the machine for once. */
class AbortsTest {

    @TempDir
    private static Path directory;

    private static TestCertificate shop;

    private final Aborts aborts = new Aborts();
    private final List<WireClient> clients = new ArrayList<>();

    /** Beneath them: with one of these a client is gone without a word. */
    private final List<Socket> sockets = new ArrayList<>();

    /** What a client does when it leaves, or its node. */
    enum Doing {
        WAITING,
        SENDING,
        TAKING
    }

    @BeforeAll
    static void certify() {
        shop = TestCertificate.in(directory, "shop");
    }

    /** Before the proxy is closed: it would wait for what is left of their bodies. */
    @AfterEach
    void leave() throws IOException {
        aborts.mayBreakOff();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    static Stream<Arguments> ways() {
        return Stream.of(Doing.values())
                .flatMap(doing -> Stream.of(Arguments.of(doing, false), Arguments.of(doing, true)));
    }

    private static TestProxy proxy(boolean tls, SocketNode node) {
        return tls ? TestProxy.behind(TestInbound.overTls(shop), node.node()) : TestProxy.over(node.node());
    }

    private void connect(TestProxy proxy, boolean tls) throws IOException {
        int port = tls ? proxy.tlsPort() : proxy.port();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        Socket spoken = tls
                ? TestCertificate.trusting(shop).getSocketFactory().createSocket(socket, "127.0.0.1", port, true)
                : socket;
        clients.add(new WireClient(spoken, PATIENCE));
    }

    private static String request(Doing doing, int i) {
        return doing == Doing.SENDING
                ? "POST /" + i + " HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nbegun"
                : "GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aClientThatLeavesIsPassedOnToTheNode(Doing doing, boolean tls) throws Exception {
        try (SocketNode n1 = SocketNode.start(
                        "n1", (head, connection) -> aborts.serve(number(head), doing == Doing.TAKING, connection));
                TestProxy proxy = proxy(tls, n1)) {
            for (int i = 0; i < TIMES; i++) {
                connect(proxy, tls);
                clients.get(i).send(request(doing, i));
            }
            aborts.awaitArrivals();
            for (int i = 0; i < TIMES; i++) {
                if (doing == Doing.TAKING) {
                    clients.get(i).readUntil("\r\n\r\n");
                }
                aborts.leaves(i);
                sockets.get(i).close();
            }
            aborts.assertInTime();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aNodeThatBreaksOffIsPassedOnToTheClient(Doing doing, boolean tls) throws Exception {
        try (SocketNode n1 = SocketNode.start(
                        "n1", (head, connection) -> aborts.breakOff(number(head), doing == Doing.TAKING, connection));
                TestProxy proxy = proxy(tls, n1)) {
            List<CompletableFuture<Void>> reading = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                connect(proxy, tls);
                // to which it is not sent again
                clients.get(i).send(request(doing, i).replace("GET", "POST"));
            }
            aborts.awaitArrivals();
            for (int i = 0; i < TIMES; i++) {
                int number = i;
                reading.add(CompletableFuture.runAsync(
                        () -> readToTheEnd(doing, number), task -> new Thread(task).start()));
            }
            aborts.mayBreakOff();
            aborts.assertInTime();
            reading.forEach(CompletableFuture::join);
            leave();
        }
    }

    /** What is over for it: the answer that has begun, or an answer. */
    private void readToTheEnd(Doing doing, int i) {
        try {
            if (doing == Doing.TAKING) {
                clients.get(i).readUntil("begun");
                assertThat(clients.get(i).readToEndOrReset()).isEmpty();
            } else {
                assertThat(clients.get(i).read().status()).isEqualTo(502);
            }
            aborts.isTold(i);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
