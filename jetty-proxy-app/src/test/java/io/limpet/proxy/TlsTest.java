package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Http2;
import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.Tls;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.tls.Certificates;
import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients over TLS: what is spoken, which certificate they see, and what of it reaches the node. */
class TlsTest {

    /** A greeting of TLS 1.1 (RFC 4346 §7.4.1.2) that knows one suite, which 1.1 has. */
    private static final String HELLO_OF_TLS_1_1 =
            "160301002d010000290302" + "00".repeat(32) + "00" + "0002c013" + "0100";

    /** One of TLS 1.2 (RFC 5246 §7.4.1.2) with one suite, signatures for RSA, and two groups. */
    private static final String HELLO_OF_TLS_1_2 = "16030100430100003f0303" + "00".repeat(32) + "00" + "0002%s" + "0100"
            + "0014" + "000d0006000404010804" + "000a00060004001d0017";

    @TempDir
    private static Path directory;

    private static TestCertificate shop;
    private static TestCertificate other;

    private final RawNode node = RawNode.answering("n1");
    private TestProxy proxy;

    @BeforeAll
    static void certificates() {
        shop = TestCertificate.in(directory, "shop", "shop.example");
        other = TestCertificate.in(directory, "other", "other.example", "*.wild.example");
    }

    @BeforeEach
    void start() {
        proxy = TestProxy.behind(inbound(true, shop, other), node.node());
    }

    @AfterEach
    void end() {
        proxy.close();
        node.close();
    }

    private static Inbound inbound(boolean http2, TestCertificate... certificates) {
        return new Inbound(
                new Tls.On(
                        new ListenAddress("127.0.0.1", 0),
                        new Certificates(List.of(certificates).stream()
                                .map(TestCertificate::pem)
                                .toList())),
                new Http2(http2, 100, 128),
                false,
                TrustedProxies.NONE,
                TestProxy.LANE);
    }

    private static HttpResponse<String> get(TestProxy proxy, HttpClient.Version version) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(TestCertificate.trusting(shop))
                .build();
        URI uri = URI.create("https://127.0.0.1:" + proxy.tlsPort() + "/");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static SSLSocket connect(TestProxy proxy, TestCertificate... trusted) throws IOException {
        SSLSocket socket = (SSLSocket) TestCertificate.trusting(trusted)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), proxy.tlsPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static Certificate shown(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    private static String exchange(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return SocketNode.readUntil(socket.getInputStream(), "\r\n\r\nn1");
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, HTTP_1_1", "HTTP_2, HTTP_2"})
    void clientsChooseTheirVersionByAlpn(HttpClient.Version offered, HttpClient.Version spoken) throws Exception {
        HttpResponse<String> response = get(proxy, offered);

        assertThat(response.version()).isEqualTo(spoken);
        assertThat(response.body()).isEqualTo("n1");
        assertThat(node.onlyRequest().values("X-Forwarded-Proto")).containsExactly("https");
        assertThat(node.onlyRequest().values("X-Forwarded-Port")).containsExactly(String.valueOf(proxy.tlsPort()));
        assertThat(node.onlyRequest().values("Forwarded"))
                .singleElement()
                .asString()
                .endsWith(";proto=https");
    }

    @Test
    void http2IsNotSpokenWhereItIsNotOffered() throws Exception {
        try (TestProxy without = TestProxy.behind(inbound(false, shop), node.node())) {
            assertThat(get(without, HttpClient.Version.HTTP_2).version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @ParameterizedTest
    @CsvSource({"shop.example, shop", "other.example, other", "a.wild.example, other", "unknown.example, shop", ", shop"
    })
    void theServerNameChoosesTheCertificate(@Nullable String name, String expected) throws IOException {
        try (SSLSocket socket = connect(proxy, shop, other)) {
            if (name != null) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                socket.setSSLParameters(parameters);
            }
            assertThat(shown(socket)).isEqualTo((expected.equals("shop") ? shop : other).certificate());
        }
    }

    /** By hand: newer JDKs' clients do not offer such a suite at all, and it needs a key for RSA. */
    @ParameterizedTest
    @CsvSource({
        "c02f, 22", // ECDHE_RSA_WITH_AES_128_GCM_SHA256: a handshake
        "009c, 21", // RSA_WITH_AES_128_GCM_SHA256: an alert
        "c027, 21", // ECDHE_RSA_WITH_AES_128_CBC_SHA256, forward secret and not authenticated
    })
    void ofTls12SuitesWithForwardSecrecyAndAuthenticatedEncryptionAloneAreTaken(String suite, int answer)
            throws IOException {
        TestCertificate rsa = TestCertificate.in(directory, "rsa" + suite, "RSA", new String[0]);
        try (TestProxy before = TestProxy.behind(inbound(true, rsa), node.node());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), before.tlsPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(HELLO_OF_TLS_1_2.formatted(suite)));
            assertThat(socket.getInputStream().read()).isEqualTo(answer);
        }
    }

    @Test
    void aClientThatLeavesIsPassedOnToTheNode() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        try (SocketNode waiting = SocketNode.waitingBehind("", arrived, told);
                TestProxy before = TestProxy.behind(inbound(true, shop), waiting.node())) {
            try (SSLSocket socket = connect(before, shop)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void tls11IsRefused() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.tlsPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HexFormat.of().parseHex(HELLO_OF_TLS_1_1));
            byte[] alert = socket.getInputStream().readNBytes(7);
            // RFC 5246 §7.2: an alert, fatal, protocol_version
            assertThat(alert).startsWith(21).endsWith(2, 70);
        }
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsAndOldOnesLiveOn() throws IOException {
        TestCertificate first = TestCertificate.in(directory, "first");
        TestCertificate second = TestCertificate.in(directory, "second");
        try (TestProxy reloading = TestProxy.behind(inbound(true, first), node.node());
                SSLSocket old = connect(reloading, first, second)) {
            assertThat(shown(old)).isEqualTo(first.certificate());
            assertThat(exchange(old)).startsWith("HTTP/1.1 200 ");

            first.replaceBy(second);

            Awaitility.await().untilAsserted(() -> {
                try (SSLSocket fresh = connect(reloading, first, second)) {
                    assertThat(shown(fresh)).isEqualTo(second.certificate());
                }
            });
            assertThat(exchange(old)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void filesThatDoNotFitTogetherChangeNothingUntilTheyDo() throws Exception {
        TestCertificate first = TestCertificate.in(directory, "half");
        TestCertificate second = TestCertificate.in(directory, "whole");
        try (TestProxy reloading = TestProxy.behind(inbound(true, first), node.node())) {
            Files.writeString(first.chain(), Files.readString(second.chain()));
            Files.writeString(first.key(), "half of a ke");
            long from = System.nanoTime();
            // long enough for the proxy to have seen it
            Awaitility.await().until(() -> {
                try (SSLSocket socket = connect(reloading, first, second)) {
                    assertThat(shown(socket)).isEqualTo(first.certificate());
                }
                return System.nanoTime() - from > 2_500_000_000L;
            });

            first.replaceBy(second);

            Awaitility.await().untilAsserted(() -> {
                try (SSLSocket socket = connect(reloading, first, second)) {
                    assertThat(shown(socket)).isEqualTo(second.certificate());
                }
            });
        }
    }
}
