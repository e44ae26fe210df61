package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave while bytes of theirs are unread: what tells of it comes behind those. */
@EnabledOnOs(OS.LINUX)
class LeavingSenderTest {

    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n";
    private static final long LONG = 1_000_000_000;

    /** More than the proxy reads ahead: some of it is in the machine, where nobody reads it. */
    private static final int LEAST = 64 * 1024;

    /** A second is promised, on a machine that does nothing else; every other end takes ten. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final SocketNode n1 = SocketNode.holding(mayAnswer, "n1");

    @AfterEach
    void stop() {
        mayAnswer.countDown();
        n1.close();
    }

    private void isForgotten(TestProxy proxy, int left) {
        Awaitility.await().atMost(SOON).until(() -> proxy.inFlight(n1.node()) == left);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 40000, true",
        "'', 40000, false",
        "'', 60000, false",
        "'', 400000, true",
        "'Expect: 100-continue\r\n', 0, true",
        "'Expect: 100-continue\r\n', 0, false"
    })
    void whoLeavesTheQueueIsForgottenAlsoWhenNobodyMayRead(String field, int sent, boolean reset) throws IOException {
        GivenSettings oneConnection = new GivenSettings().add(Setting.LIMIT_NODE_CONNECTIONS, "1", "");
        try (TestProxy proxy = TestProxy.given(oneConnection, n1.node());
                WireClient first = proxy.client()) {
            first.send("GET /" + HOST + "\r\n");
            Awaitility.await().until(() -> n1.heads().size() == 1);
            try (WireClient leaving = proxy.client()) {
                leaving.send("POST /" + HOST + field + "Content-Length: " + LONG + "\r\n\r\n" + "x".repeat(sent));
                Awaitility.await().until(() -> proxy.inFlight(n1.node()) == 2);
                if (reset) {
                    leaving.reset();
                }
            }
            isForgotten(proxy, 1);
            mayAnswer.countDown();
            assertThat(first.read().body()).isEqualTo("n1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoHasSentItsNextRequestIsForgotten(boolean reset) throws IOException {
        try (TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient leaving = proxy.client()) {
                leaving.send(("GET /" + HOST + "\r\n").repeat(2));
                Awaitility.await().until(() -> n1.heads().size() == 1);
                if (reset) {
                    leaving.reset();
                }
            }
            isForgotten(proxy, 0);
        }
    }

    /** As many bytes as the proxy, and the machine between, take of a body that the node does not read. */
    private static int sendAll(SocketChannel client, long most) throws IOException {
        client.configureBlocking(false);
        client.write(ByteBuffer.wrap(
                ("POST /" + HOST + "Content-Length: " + LONG + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        int sent = 0;
        int quiet = 0;
        while (sent < most && quiet < 20) {
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(16 * 1024, most - sent));
            int written = client.write(part);
            sent += written;
            quiet = written == 0 ? quiet + 1 : 0;
            if (written == 0) {
                Awaitility.await().pollDelay(20, TimeUnit.MILLISECONDS).until(() -> true);
            }
        }
        return sent;
    }

    private static SocketChannel connect(TestProxy proxy) throws IOException {
        SocketChannel client = SocketChannel.open();
        // what is sent is not on this side any more
        client.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
        return client;
    }

    /**
     * How much that is differs by the connection: the machine's buffers grow as it thinks fit. Whether the end is among what
     * it has taken shows on the client's side.
     */
    @Test
    void whoLeavesBehindABodyThatTheNodeDoesNotReadIsForgotten() throws IOException {
        try (TestProxy proxy = TestProxy.over(n1.node())) {
            int most;
            try (SocketChannel client = connect(proxy)) {
                most = sendAll(client, LONG);
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            isForgotten(proxy, 0);
            for (int eighths : new int[] {4, 6, 7}) {
                int sent = most / 8 * eighths;
                while (!leaves(proxy, sent)) {
                    sent -= most / 8;
                    assertThat(sent).as("of %s", most).isGreaterThan(LEAST);
                }
            }
        }
    }

    /** Whether the end of what this client sends has come; whoever has not left thereby does so by a reset. */
    private boolean leaves(TestProxy proxy, int sent) throws IOException {
        boolean ended;
        try (SocketChannel client = connect(proxy)) {
            sendAll(client, sent);
            Awaitility.await().until(() -> proxy.inFlight(n1.node()) == 1);
            client.shutdownOutput();
            ended = ClosedSockets.isEndTaken(client);
            if (!ended) {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        }
        isForgotten(proxy, 0);
        return ended;
    }

    /** Its own machine holds back the end until there is room for the bytes before it: no proxy can see it. */
    @Test
    void whoLeavesWithMoreThanThisMachineTakesIsForgottenWhenTheNodeHasBeenSilentForTooLong() throws IOException {
        try (TestProxy proxy = TestProxy.over(Duration.ofSeconds(3), n1.node())) {
            try (SocketChannel client = connect(proxy)) {
                sendAll(client, LONG);
            }
            assertThat(proxy.inFlight(n1.node())).isEqualTo(1);
            isForgotten(proxy, 0);
        }
    }
}
