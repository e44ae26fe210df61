package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** How long a request's body may be, and how slowly a client may take a response. */
class BodyLimitsTest {

    private static final byte[] PART = new byte[64 * 1024];

    private static TestProxy proxy(GivenSettings given, SocketNode node) {
        return TestProxy.given(given, node.node());
    }

    private static GivenSettings tenBytes() {
        return new GivenSettings().add(Setting.LIMIT_BODY, "10", "");
    }

    private static SocketNode readingAll() {
        return SocketNode.start("n1", (head, connection) -> {
            if (head.contains("Content-Length: 10\r\n")) {
                connection.getInputStream().readNBytes(10);
            } else {
                SocketNode.readUntil(connection.getInputStream(), "0\r\n\r\n");
            }
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    @Test
    void aBodyThatSaysItIsTooLongIsRefusedBeforeTheNodeHearsOfIt() {
        try (SocketNode node = readingAll();
                TestProxy proxy = proxy(tenBytes(), node)) {
            RawResponse refused = proxy.post("/", "01234567890");

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.values("Connection")).containsExactly("close");
            assertThat(node.heads()).isEmpty();
            assertThat(proxy.post("/", "0123456789").body()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsTooMuchIsRefusedInsteadOfToldToGoOn() throws IOException {
        try (SocketNode node = readingAll();
                TestProxy proxy = proxy(tenBytes(), node);
                WireClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");

            assertThat(client.readUntil("\r\n")).isEqualTo("HTTP/1.1 413 Payload Too Large\r\n");
            assertThat(node.heads()).isEmpty();
        }
    }

    @Test
    void aBodyWithoutALengthIsRefusedAtTheFirstByteTooMany() throws IOException {
        try (SocketNode node = readingAll();
                TestProxy proxy = proxy(tenBytes(), node);
                WireClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n");
            Awaitility.await().until(() -> node.heads().size() == 1);
            assertThat(client.hasBytes()).isFalse();
            client.send("1\r\nx\r\n");

            assertThat(client.read().status()).isEqualTo(413);
            Awaitility.await().until(() -> node.openConnections() == 0);
            client.send("0\r\n\r\n");
            assertThat(client.readAll()).isEmpty();
            assertThat(proxy.send("POST / HTTP/1.1", "a\r\n0123456789\r\n0\r\n\r\n", "Transfer-Encoding: chunked")
                            .body())
                    .isEqualTo("ok");
        }
    }

    /** Writes without end, until the other side is gone. */
    private static SocketNode endless(AtomicLong written) {
        return SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
            while (!connection.isClosed()) {
                connection.getOutputStream().write(PART);
                written.addAndGet(PART.length);
            }
        });
    }

    private static GivenSettings rate(String rate) {
        return new GivenSettings()
                .add(Setting.LIMIT_RESPONSE_RATE, rate, "")
                .add(Setting.LIMIT_HEAD_TIME, "500ms", "")
                .add(Setting.TIMEOUT_IDLE, "5m", "");
    }

    private static Socket ask(TestProxy proxy) throws IOException {
        Socket client = new Socket();
        // what it does not read must not find room for long
        client.setReceiveBufferSize(16 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void aClientThatReadsNothingIsCutOffAndItsNodeIsFree() throws IOException {
        AtomicLong written = new AtomicLong();
        try (SocketNode node = endless(written);
                TestProxy proxy = proxy(rate("100000"), node);
                Socket client = ask(proxy)) {
            Awaitility.await().until(() -> written.get() > 0);
            Awaitility.await().until(() -> node.openConnections() == 0);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void aClientThatReadsNoSlowerThanItMayIsLeftInPeace() throws IOException {
        AtomicLong written = new AtomicLong();
        try (SocketNode node = endless(written);
                TestProxy proxy = proxy(rate("10000"), node);
                Socket client = ask(proxy)) {
            InputStream in = client.getInputStream();
            int[] reads = new int[1];
            // three seconds in which it is always the client whom the proxy waits for
            Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> {
                assertThat(in.readNBytes(PART, 0, PART.length)).isEqualTo(PART.length);
                return ++reads[0] == 30;
            });
            assertThat(node.openConnections()).isEqualTo(1);
        }
    }
}
