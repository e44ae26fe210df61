package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Answer;
import io.limpet.proxy.http2.Http2Heads;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets in streams of HTTP/2 (RFC 8441): the node has the handshake of RFC 6455, and a tunnel. */
class WebSocketStreamTest {

    static final String[] ASKED = {
        ":method",
        "CONNECT",
        ":protocol",
        "websocket",
        ":scheme",
        "http",
        ":path",
        "/chat?a=b",
        ":authority",
        "h",
        "sec-websocket-version",
        "13",
        "cookie",
        "JSESSIONID=4F2A.n1"
    };

    static String agreed(String head, String more) {
        int at = head.indexOf("Sec-WebSocket-Key: ") + "Sec-WebSocket-Key: ".length();
        String key = head.substring(at, head.indexOf('\r', at));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n" + more + "\r\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Agrees, and says back what it hears until it hears no more. */
    static void echo(String head, Socket connection) throws IOException {
        connection.setTcpNoDelay(true);
        SocketNode.write(connection, agreed(head, ""));
        connection.getInputStream().transferTo(connection.getOutputStream());
        connection.close();
    }

    private static FrameClient connect(TestProxy proxy) throws IOException {
        return FrameClient.open(proxy.port(), Duration.ofSeconds(20));
    }

    private static Http2Answer ask(SocketNode node, String... fields) throws IOException {
        try (TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            return client.send(headers(1, false, fields)).answer(1);
        }
    }

    /** So much of what the first stream brings. */
    static String said(FrameClient client, int length) throws IOException {
        StringBuilder said = new StringBuilder();
        while (said.length() < length) {
            Frame frame = client.await(it -> it.stream() == 1 && it.type() != Frame.HEADERS)
                    .orElseThrow();
            if (frame.type() != Frame.DATA) {
                continue;
            }
            said.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
            client.send(Frame.window(0, frame.payload().length), Frame.window(1, frame.payload().length));
        }
        return said.toString();
    }

    @Test
    void clientsAreToldThatTheyMayOpenThem() throws IOException {
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo);
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = new FrameClient(proxy.port(), Duration.ofSeconds(20))) {
            client.raw(FrameClient.PREFACE);
            client.send(Frame.settings());
            assertThat(client.await(frame -> frame.type() == Frame.SETTINGS)
                            .orElseThrow()
                            .setting(0x8))
                    .isEqualTo(1);
        }
    }

    @Test
    void theSessionsNodeHasAHandshakeAndTheClientATunnelThatEndsOnEachSideByItself() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(
                            connection,
                            agreed(head, "Sec-WebSocket-Protocol: b\r\nSet-Cookie: JSESSIONID=4F2A\r\n") + "hello");
                    String heard = new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    SocketNode.write(connection, "you said " + heard);
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(headers(1, false, with(ASKED, "sec-websocket-protocol", "a, b", "sec-websocket-key", "mine")));
            assertThat(said(client, 5)).isEqualTo("hello");
            client.send(Frame.data(1, true, "no more"));
            Http2Answer rest = client.answer(1);

            assertThat(rest.body()).isEqualTo("you said no more");
            assertThat(rest.whole()).isTrue();
            assertThat(node.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET /chat?a=b HTTP/1.1\r\n")
                    .contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n", "sec-websocket-version: 13\r\n")
                    .contains("Cookie: JSESSIONID=4F2A\r\n", "Limpet-Route: owner\r\n", "a, b\r\n")
                    .containsPattern("Sec-WebSocket-Key: [A-Za-z0-9+/]{22}==\r\n")
                    .doesNotContain("mine");
        }
    }

    @Test
    void theAnswerIsThatOfATunnelAndTaggedAsAnyOther() throws IOException {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            // as Undertow does
            String more = "Content-Length: 0\r\nSec-WebSocket-Protocol: b\r\nSet-Cookie: JSESSIONID=4F2A\r\n";
            SocketNode.write(connection, agreed(head, more) + "hello");
            connection.close();
        })) {
            Http2Answer answer = ask(node, ASKED);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.fields().get("Sec-WebSocket-Protocol")).isEqualTo("b");
            assertThat(answer.fields().get("Set-Cookie")).isEqualTo("JSESSIONID=4F2A.n1");
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.fields())
                    .noneMatch(field -> "content-length connection upgrade sec-websocket-accept"
                            .contains(field.getLowerCaseName()));
        }
    }

    @Test
    void megabytesComeBackUnchanged() throws Exception {
        String part = "0123456789abcdef".repeat(1_000);
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo);
                TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            client.send(headers(1, false, ASKED));
            client.await(frame -> frame.type() == Frame.HEADERS);
            for (int i = 0; i < 200; i++) {
                client.send(Frame.data(1, false, part));
                assertThat(said(client, part.length())).isEqualTo(part);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // what the node says otherwise is an answer, but what the client would take for a tunnel
        "403, 403",
        "200, 502",
        "204, 502",
        "101, 502"
    })
    void whereTheNodeDoesNotAgreeThereIsNoTunnel(int nodes, int expected) throws IOException {
        String more = nodes == 101
                ? "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: of another key\r\n\r\n"
                : nodes == 204 ? "\r\n" : "Content-Length: 2\r\n\r\nno";
        try (SocketNode node = SocketNode.answering("HTTP/1.1 " + nodes + " So\r\n" + more)) {
            Http2Answer answer = ask(node, ASKED);
            assertThat(answer.status()).isEqualTo(expected);
            assertThat(answer.whole()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"echo, x, y, 501", "websocket, content-length, 5, 501", "connect-udp, x, y, 501"})
    void otherTunnelsAreNotMade(String protocol, String name, String value, int status) throws IOException {
        try (SocketNode node = SocketNode.start("n1", WebSocketStreamTest::echo)) {
            String[] asked = with(ASKED, name, value);
            asked[3] = protocol;
            try (TestProxy proxy = TestProxy.over(node.node());
                    FrameClient client = connect(proxy)) {
                assertThat(client.send(headers(1, false, asked)).answer(1).status())
                        .isEqualTo(status);
                assertThat(client.isAlive()).isTrue();
            }
            assertThat(node.heads()).isEmpty();
        }
    }

    /** Of a session of its own in each stream, which is on n1 for every third. */
    @Test
    void aThousandInStreamsReachTheNodesOfTheirSessions() throws IOException {
        int connections = 20;
        int streams = 50;
        try (SocketNode n1 = SocketNode.start("n1", WebSocketStreamTest::echo);
                SocketNode n2 = SocketNode.start("n2", WebSocketStreamTest::echo);
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            for (int i = 0; i < connections; i++) {
                try (FrameClient client = connect(proxy)) {
                    askInEachStream(client, i * streams, streams);
                }
            }
            assertThat(sessions(n1)).containsExactlyInAnyOrderElementsOf(all(connections * streams, i -> i % 3 == 0));
            assertThat(sessions(n2)).containsExactlyInAnyOrderElementsOf(all(connections * streams, i -> i % 3 != 0));
        }
    }

    private static void askInEachStream(FrameClient client, int first, int streams) throws IOException {
        for (int i = 0; i < streams; i++) {
            String[] fields = ASKED.clone();
            fields[fields.length - 1] = "JSESSIONID=" + (first + i) + ((first + i) % 3 == 0 ? ".n1" : ".n2");
            client.send(headers(2 * i + 1, false, fields));
        }
        Http2Heads heads = new Http2Heads(client);
        heads.awaitAnswers(streams);
        assertThat(heads.statuses()).hasSize(streams).containsOnly(200);
        for (int i = 0; i < streams; i++) {
            client.send(Frame.data(2 * i + 1, true, "" + (first + i)));
        }
        Map<Integer, String> said = new HashMap<>();
        Set<Integer> over = new HashSet<>();
        client.await(frame -> {
            if (frame.type() == Frame.DATA) {
                said.merge(frame.stream(), new String(frame.payload(), StandardCharsets.ISO_8859_1), String::concat);
                if (frame.has(Frame.END_STREAM)) {
                    over.add(frame.stream());
                }
            }
            return over.size() == streams;
        });
        for (int i = 0; i < streams; i++) {
            assertThat(said).containsEntry(2 * i + 1, "" + (first + i));
        }
    }

    private static List<String> sessions(SocketNode node) {
        return node.heads().stream()
                .flatMap(head -> RawRequest.of(head, "").values("Cookie").stream())
                .toList();
    }

    private static List<String> all(int count, IntPredicate those) {
        return IntStream.range(0, count)
                .filter(those)
                .mapToObj(i -> "JSESSIONID=" + i)
                .toList();
    }
}
