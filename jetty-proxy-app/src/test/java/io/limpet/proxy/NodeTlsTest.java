package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.tls.TestCertificate;
import io.limpet.proxy.tls.Trust;
import io.limpet.route.Route;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes over TLS: verified, or nothing is sent to them. */
class NodeTlsTest {

    @TempDir
    private static Path directory;

    private static TestCertificate known;
    private static TestCertificate unknown;

    private ServerSocket server;

    @BeforeAll
    static void certificates() {
        known = TestCertificate.in(directory, "known");
        unknown = TestCertificate.in(directory, "unknown");
    }

    @BeforeEach
    void bind() {
        server = known.serverSocket();
    }

    /** Says how many bytes of a body it got. */
    private static void serve(String head, Socket connection) throws IOException {
        String length = head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> line.substring(16))
                .findFirst()
                .orElse("0");
        int got = connection.getInputStream().readNBytes(Integer.parseInt(length)).length;
        String body = String.valueOf(got);
        SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static Node at(String name, String host, ServerSocket server) {
        return new Node(new Route(name), URI.create("https://" + host + ":" + server.getLocalPort()));
    }

    private static TestProxy proxy(Node... nodes) {
        return TestProxy.trusting(new Trust(List.of(known.certificate())), nodes);
    }

    @Test
    void aVerifiedNodeIsServedFromAndItsConnectionUsedAgain() {
        try (SocketNode node = SocketNode.on(server, "n1", NodeTlsTest::serve);
                TestProxy proxy = proxy(at("n1", "127.0.0.1", server))) {
            for (int i = 0; i < 10; i++) {
                assertThat(proxy.get("/").body()).isEqualTo("0");
                assertThat(proxy.post("/", "x".repeat(100_000)).body()).isEqualTo("100000");
            }
            assertThat(node.heads()).hasSize(20);
            assertThat(node.openConnections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aPostNeverLeavesOnAConnectionThatTheNodeHasClosed() throws InterruptedException {
        Semaphore mayClose = new Semaphore(0);
        Semaphore closed = new Semaphore(0);
        try (SocketNode node = SocketNode.on(server, "n1", (head, connection) -> {
                    serve(head, connection);
                    mayClose.acquireUninterruptibly();
                    connection.close();
                    closed.release();
                });
                TestProxy proxy = proxy(at("n1", "127.0.0.1", server))) {
            for (int i = 0; i < 100; i++) {
                assertThat(proxy.post("/", "body").body()).as("request %d", i).isEqualTo("4");
                mayClose.release();
                assertThat(closed.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(node.heads()).hasSize(100);
        }
    }

    @Test
    void aNodeWhoseCertificateNobodyVouchesForGetsNothing() {
        ServerSocket other = unknown.serverSocket();
        try (SocketNode node = SocketNode.on(other, "n1", NodeTlsTest::serve);
                TestProxy proxy = proxy(at("n1", "127.0.0.1", other))) {
            assertThat(proxy.get("/").status()).isEqualTo(503);
            assertThat(node.heads()).isEmpty();
        }
    }

    @Test
    void aNodeWhoseCertificateIsForAnotherHostGetsNothing() {
        try (SocketNode node = SocketNode.on(server, "n1", NodeTlsTest::serve);
                TestProxy proxy = proxy(at("n1", "localhost", server))) {
            assertThat(proxy.get("/").status()).isEqualTo(503);
            assertThat(node.heads()).isEmpty();
        }
    }

    @Test
    void theJdksAuthoritiesDoNotVouchForASelfSignedOne() {
        try (SocketNode node = SocketNode.on(server, "n1", NodeTlsTest::serve);
                TestProxy proxy = TestProxy.over(at("n1", "127.0.0.1", server))) {
            assertThat(proxy.get("/").status()).isEqualTo(503);
            assertThat(node.heads()).isEmpty();
        }
    }

    @Test
    void aPostMeantForANodeThatCannotBeVerifiedReachesAnotherWhole() {
        ServerSocket other = unknown.serverSocket();
        try (SocketNode n1 = SocketNode.on(other, "n1", NodeTlsTest::serve);
                SocketNode n2 = SocketNode.on(server, "n2", NodeTlsTest::serve);
                TestProxy proxy = proxy(at("n1", "127.0.0.1", other), at("n2", "127.0.0.1", server))) {
            String session = "Cookie: JSESSIONID=4F2A.n1";
            assertThat(proxy.post("/", "x".repeat(5_000), session).body()).isEqualTo("5000");
            assertThat(n1.heads()).isEmpty();
            assertThat(n2.heads()).singleElement().asString().contains("\r\nLimpet-Route: takeover;from=n1\r\n");
        }
    }

    @Test
    void aNodeThatDoesNotSpeakTlsIsNoNode() {
        try (SocketNode plain = SocketNode.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                TestProxy proxy = proxy(new Node(
                        new Route("n1"),
                        URI.create("https://127.0.0.1:" + plain.node().uri().getPort())))) {
            assertThat(Arrays.asList(502, 503)).contains(proxy.get("/").status());
        }
    }
}
