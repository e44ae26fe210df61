package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PROXY header, version 1 and 2, tells the client's address, when it comes from whom it may. */
class ProxyProtocolTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n";
    private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 51234 8080\r\n";

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** PROXY over IPv4, from 203.0.113.7:51234 to 192.0.2.1:8080. */
    private static final String V2 = SIGNATURE + "2111000c" + "cb007107c0000201c8221f90";

    /** PROXY over IPv6, from 2001:db8::7. */
    private static final String V2_IPV6 = SIGNATURE + "21210024" + "20010db8000000000000000000000007"
            + "20010db8000000000000000000000001" + "c8221f90";

    /** The balancer's own health check: the connection's addresses count. */
    private static final String V2_LOCAL = SIGNATURE + "20000000";

    private final RawNode node = RawNode.answering("n1");

    @AfterEach
    void end() {
        node.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** The answer to a header and a GET; empty when there was none. */
    private String ask(Inbound inbound, byte[] header, String text) throws IOException {
        try (TestProxy proxy = TestProxy.behind(inbound, node.node());
                Socket socket = proxy.connect()) {
            socket.getOutputStream().write(header);
            socket.getOutputStream().write(ascii(text));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void theClientsAddressIsTheOneInTheHeader(String version) throws IOException {
        byte[] header = version.equals("1") ? ascii(V1) : hex(V2);

        assertThat(ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), header, GET))
                .startsWith("HTTP/1.1 200 ");
        assertThat(node.onlyRequest().values("X-Forwarded-For")).containsExactly("203.0.113.7");
        assertThat(node.onlyRequest().values("Forwarded"))
                .singleElement()
                .asString()
                .startsWith("for=203.0.113.7;");
    }

    @Test
    void anIpv6AddressStandsInBrackets() throws IOException {
        ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), hex(V2_IPV6), GET);

        assertThat(node.onlyRequest().values("Forwarded"))
                .singleElement()
                .asString()
                .startsWith("for=\"[2001:db8:0:0:0:0:0:7]\";");
    }

    @Test
    void aBalancersOwnConnectionHasItsOwnAddress() throws IOException {
        ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), hex(V2_LOCAL), GET);

        assertThat(node.onlyRequest().values("X-Forwarded-For")).containsExactly("127.0.0.1");
    }

    @Test
    void aTrustedProxyIsBelieved() throws IOException {
        ask(TestInbound.proxyProtocolFrom("127.0.0.1"), ascii(V1), GET);

        assertThat(node.onlyRequest().values("X-Forwarded-For")).containsExactly("203.0.113.7");
    }

    /** What the client behind the PROXY header says of itself is only the client's word. */
    @Test
    void theClientBehindATrustedProxyIsNotTrusted() throws IOException {
        ask(
                TestInbound.proxyProtocolFrom("127.0.0.1"),
                ascii(V1),
                GET.replace("\r\nConnection", "\r\nX-Forwarded-For: 10.0.0.1\r\nConnection"));

        assertThat(node.onlyRequest().values("X-Forwarded-For")).containsExactly("203.0.113.7");
    }

    @Test
    void fromSomebodyElseTheHeaderIsNoHttp() throws IOException {
        assertThat(ask(TestInbound.proxyProtocolFrom("10.0.0.0/8"), ascii(V1), GET))
                .startsWith("HTTP/1.1 400 ");
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void somebodyElseIsServedWithoutOne() throws IOException {
        assertThat(ask(TestInbound.proxyProtocolFrom("10.0.0.0/8"), new byte[0], GET))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whoHasToSendOneAndDoesNotIsCutOff() throws IOException {
        assertThat(ask(TestInbound.proxyProtocolFrom("127.0.0.1"), new byte[0], GET))
                .isEmpty();
        assertThat(node.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 localhost 192.0.2.1 51234 8080\r\n",
                "PROXY TCP4 192.0.2.1 localhost 51234 8080\r\n",
                "PROXY TCP6 localhost ::1 51234 8080\r\n",
                "PROXY TCP4 127.1 192.0.2.1 51234 8080\r\n"
            })
    void aNameInPlaceOfAnAddressIsAskedForNowhereAndEndsTheConnection(String header) throws IOException {
        assertThat(ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), ascii(header), GET))
                .isEmpty();
        assertThat(node.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP6 2001:db8::7 ::1 51234 8080\r\n",
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN localhost localhost 1 2\r\n"
            })
    void addressesOfBothKindsAndNoneAreTaken(String header) throws IOException {
        assertThat(ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), ascii(header), GET))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 x\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 x y\r\n", "PROXY \r\n\r\n"})
    void aBrokenOneEndsTheConnection(String header) throws IOException {
        assertThat(ask(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), ascii(header), GET))
                .isEmpty();
        assertThat(node.requests()).isEmpty();
    }

    @Test
    void aClientThatLeavesIsPassedOnToTheNode() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        try (SocketNode waiting = SocketNode.waitingBehind("", arrived, told);
                TestProxy proxy = TestProxy.behind(TestInbound.with(Setting.PROXY_PROTOCOL, "true"), waiting.node())) {
            try (Socket socket = proxy.connect()) {
                socket.getOutputStream().write(ascii(V1 + GET));
                assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void withoutTheSettingItIsNoHttp() throws IOException {
        assertThat(ask(TestInbound.with(Setting.PROXY_PROTOCOL, "false"), ascii(V1), GET))
                .startsWith("HTTP/1.1 400 ");
    }
}
