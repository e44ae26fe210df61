package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who makes room when there are as many connections as there may be: nobody on whose connection something is under way. */
class ConnectionLimitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @Test
    void unusedConnectionsMakeRoomAndNeitherTunnelsNorRequestsDo() throws IOException {
        try (SocketNode node = SocketNode.holding(mayAnswer, "ok");
                TestProxy proxy = TestProxy.given(
                        new GivenSettings()
                                .add(Setting.LIMIT_CONNECTIONS, "3", "")
                                // who only waited for that would wait too long for this test
                                .add(Setting.TIMEOUT_IDLE, "60s", ""),
                        node.node());
                WireClient tunnel = proxy.client();
                WireClient waiting = proxy.client();
                WireClient unused = proxy.client()) {
            tunnel.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
                    .readUntil("\r\n\r\n");
            waiting.send(GET);

            try (WireClient next = proxy.client()) {
                assertThat(unused.readAll()).isEmpty();
                mayAnswer.countDown();
                next.send(GET);
                assertThat(next.read().body()).isEqualTo("ok");
            }
            assertThat(waiting.read().body()).isEqualTo("ok");
            assertThat(tunnel.send("still here").readUntil("here")).isEqualTo("still here");
        }
    }

    @Test
    void pingsAreNothingUnderWay() throws IOException {
        try (RawNode node = RawNode.answering("ok");
                TestProxy proxy =
                        TestProxy.given(new GivenSettings().add(Setting.LIMIT_CONNECTIONS, "1", ""), node.node());
                FrameClient pinging = FrameClient.open(proxy.port(), PATIENCE);
                WireClient next = proxy.client()) {
            next.send(GET);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(PATIENCE)
                    .until(() -> {
                        pinging.send(Frame.ping("is there"));
                        return next.hasBytes();
                    });

            assertThat(next.read().body()).isEqualTo("ok");
            assertThat(pinging.await(frame -> frame.type() == Frame.GOAWAY))
                    .map(Frame::code)
                    .hasValue(0);
        }
    }

    @Test
    void whoComesBeyondTheLimitWaitsOnEitherPortAndIsServed(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "shop", "127.0.0.1");
        int clients = 24;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (RawNode node = RawNode.answering("ok");
                TestProxy proxy = TestProxy.given(overTls(certificate, "2"), node.node())) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                boolean tls = i % 2 == 0;
                answers.add(threads.submit(() -> {
                    try (Socket client = tls ? secret(proxy, certificate) : proxy.connect()) {
                        client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
                        return SocketNode.readUntil(client.getInputStream(), "ok");
                    }
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).endsWith("ok");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Socket secret(TestProxy proxy, TestCertificate certificate) throws IOException {
        Socket socket = TestCertificate.trusting(certificate)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), proxy.tlsPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static GivenSettings overTls(TestCertificate certificate, String connections) {
        return new GivenSettings()
                .add(Setting.LIMIT_CONNECTIONS, connections, "")
                .add(Setting.TLS_LISTEN, "127.0.0.1:0", "")
                .add(Setting.TLS_CERTIFICATE, certificate.chain().toString(), "")
                .add(Setting.TLS_KEY, certificate.key().toString(), "");
    }

    @Test
    void aHandshakeThatDoesNotEndIsNothingUnderWay(@TempDir Path directory) throws IOException {
        TestCertificate certificate = TestCertificate.in(directory, "shop", "127.0.0.1");
        try (RawNode node = RawNode.answering("ok");
                TestProxy proxy = TestProxy.given(overTls(certificate, "1"), node.node());
                WireClient shaking = new WireClient(proxy.tlsPort(), PATIENCE)) {
            shaking.send("\u0016\u0003\u0001\u0002\u0000");
            try (Socket next = secret(proxy, certificate)) {
                next.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

                assertThat(SocketNode.readUntil(next.getInputStream(), "ok")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(shaking.readToEndOrReset()).isEmpty();
        }
    }
}
