package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.CONTINUATION;
import static io.limpet.proxy.http2.Frame.HEADERS;
import static io.limpet.proxy.http2.Frame.SETTINGS;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Slowloris before the first request, and in HTTP/2: who dribbles is cut off, and an honest client is served meanwhile. */
class SlowBeginningsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The first bytes of a record with a ClientHello (RFC 8446 §5.1). */
    private static final byte[] HELLO = HexFormat.of().parseHex("1603010200" + "010001fc0303");

    private static final String BALANCED = "PROXY TCP4 203.0.113.7 192.0.2.1 51234 8080\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    private static final byte[] X = {'x'};

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;

    private final RawNode node = RawNode.answering("n1");

    @BeforeAll
    static void certificate() {
        certificate = TestCertificate.in(directory, "shop", "127.0.0.1");
    }

    @AfterEach
    void end() {
        node.close();
    }

    private static GivenSettings hasty() {
        return new GivenSettings()
                .add(Setting.LIMIT_HEAD_TIME, "1s", "")
                .add(Setting.TLS_LISTEN, "127.0.0.1:0", "")
                .add(Setting.TLS_CERTIFICATE, certificate.chain().toString(), "")
                .add(Setting.TLS_KEY, certificate.key().toString(), "");
    }

    private static byte[] both(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** A frame's beginning: it says how long it is, and this is all there is of it. */
    private static byte[] unfinished(int type, int stream) {
        return Arrays.copyOf(new Frame(type, 0, stream, new byte[16_000]).bytes(), 9);
    }

    private static byte[] greeted(byte[] more) {
        return both(both(FrameClient.PREFACE, Frame.settings().bytes()), more);
    }

    static Stream<Arguments> beginnings() {
        byte[] unfinishedHead = new Frame(HEADERS, 0, 1, Frame.block(request("GET", "/"))).bytes();
        // the name of a field that is longer than it will ever be
        byte[] longField = new Frame(CONTINUATION, 0, 1, HexFormat.of().parseHex("007f807d")).bytes();
        return Stream.of(
                arguments("nothing, where TLS is spoken", true, new byte[0], new byte[0]),
                arguments("a handshake of TLS", true, HELLO, X),
                arguments("the first frame of HTTP/2", false, both(FrameClient.PREFACE, unfinished(SETTINGS, 0)), X),
                arguments("a head in a frame", false, greeted(unfinished(HEADERS, 1)), X),
                arguments(
                        "a head in many frames",
                        false,
                        greeted(both(unfinishedHead, longField)),
                        new Frame(CONTINUATION, 0, 1, X).bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("beginnings")
    void whoDribblesIsCutOff(String what, boolean tls, byte[] beginning, byte[] more) throws IOException {
        try (TestProxy proxy = TestProxy.given(hasty(), node.node());
                Socket slow = new Socket(InetAddress.getLoopbackAddress(), tls ? proxy.tlsPort() : proxy.port())) {
            dribble(
                    slow,
                    beginning,
                    more,
                    () -> assertThat(proxy.get("/").body()).isEqualTo("n1"));
        }
    }

    @Test
    void whoDribblesItsProxyHeaderIsCutOff() throws IOException {
        GivenSettings behindBalancers = hasty().add(Setting.PROXY_PROTOCOL, "true", "");
        try (TestProxy proxy = TestProxy.given(behindBalancers, node.node());
                Socket slow = proxy.connect()) {
            dribble(
                    slow,
                    "PROXY TCP4 ".getBytes(StandardCharsets.US_ASCII),
                    "1".getBytes(StandardCharsets.US_ASCII),
                    () -> assertThat(proxy.sendRaw(BALANCED + GET).body()).isEqualTo("n1"));
        }
    }

    private static void dribble(Socket slow, byte[] beginning, byte[] more, Runnable honestClient) throws IOException {
        slow.getOutputStream().write(beginning);
        Awaitility.await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> {
            honestClient.run();
            return isCutOff(slow, more);
        });
    }

    private static boolean isCutOff(Socket slow, byte[] more) throws IOException {
        try {
            slow.getOutputStream().write(more);
            slow.setSoTimeout(1);
            while (slow.getInputStream().read() >= 0) {
                // settings, a last word
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Test
    void whoOnlySaysThatItIsThereIsLeftInPeace() throws IOException {
        try (TestProxy proxy = TestProxy.given(hasty(), node.node());
                FrameClient client = FrameClient.open(proxy.port(), PATIENCE)) {
            int[] pings = new int[1];
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(PATIENCE)
                    .until(() -> {
                        assertThat(client.isAlive()).isTrue();
                        return ++pings[0] == 15;
                    });
            assertThat(client.send(Frame.get(1)).answer(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aFrameOfDataMayTakeItsTimeAsLongAsTheBodyComes() throws IOException {
        byte[] frame = Frame.data(1, true, "x".repeat(6_000)).bytes();
        try (TestProxy proxy = TestProxy.given(hasty(), node.node());
                FrameClient client = FrameClient.open(proxy.port(), PATIENCE)) {
            client.send(headers(1, false, request("POST", "/")));
            int[] sent = new int[1];
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(PATIENCE)
                    .until(() -> {
                        int next = Math.min(frame.length, sent[0] + 500);
                        assertThat(client.raw(Arrays.copyOfRange(frame, sent[0], next)))
                                .isTrue();
                        sent[0] = next;
                        return next == frame.length;
                    });
            assertThat(client.answer(1).status()).isEqualTo(200);
        }
    }
}
