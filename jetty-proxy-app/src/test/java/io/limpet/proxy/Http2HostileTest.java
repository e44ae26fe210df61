package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.data;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * HTTP/2 can say in binary what would be another message in HTTP/1.1 (RFC 9113 §10.3): none of it reaches a node whole, and an
 * honest request on another connection does.
 */
class Http2HostileTest {

    private static final RawNode NODE = RawNode.answering("n1");
    private static final TestProxy PROXY = TestProxy.over(NODE.node());

    @BeforeEach
    void forget() {
        NODE.requests().clear();
    }

    @AfterAll
    static void end() {
        PROXY.close();
        NODE.close();
    }

    private static Http2Answer ask(Frame... frames) throws IOException {
        try (FrameClient client = FrameClient.open(PROXY.port(), Duration.ofSeconds(20))) {
            return client.send(frames).answer(1);
        }
    }

    private static Arguments get(String name, String... more) {
        return arguments(name, with(GET, more));
    }

    private static Arguments pseudo(String name, String... fields) {
        return arguments(name, fields);
    }

    private static Arguments path(String name, String path) {
        return pseudo(name, request("GET", path));
    }

    private static Arguments post(String name, String[] more, Frame... body) {
        return arguments(
                name,
                Stream.concat(Stream.of(headers(1, false, with(request("POST", "/"), more))), Stream.of(body))
                        .toArray(Frame[]::new));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                get("CR LF in a value", "x", "a\r\nEvil: b"),
                get("LF in a value", "x", "a\nEvil: b"),
                get("CR in a value", "x", "a\rb"),
                get("NUL in a value", "x", "a\0b"),
                get("a request in a value", "x", "a\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
                get("CR LF in a cookie", "cookie", "a=b\r\nEvil: c"),
                get("CR LF in a crumb", "cookie", "a=b", "cookie", "c\r\n: d"),
                get("a blank before a value", "x", " a"),
                get("a blank behind a value", "x", "a "));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                get("capitals", "X-Evil", "a"),
                get("CR LF in a name", "x\r\nevil", "a"),
                get("a colon in a name", "x: a\r\nevil", "b"),
                get("a colon within a name", "x:y", "b"),
                get("a blank in a name", "x y", "a"),
                get("NUL in a name", "x\0y", "a"),
                get("no name", "", "a"),
                get("bytes beyond ASCII in a name", "x\u00e9", "a"),
                get("connection", "connection", "close"),
                get("connection that names host", "connection", "host"),
                get("keep-alive", "keep-alive", "timeout=5"),
                get("proxy-connection", "proxy-connection", "keep-alive"),
                get("upgrade", "upgrade", "websocket"),
                get("transfer-encoding", "transfer-encoding", "chunked"),
                get("te other than trailers", "te", "gzip"),
                get("two hosts", "host", "shop.example", "host", "evil.example"),
                get("host other than authority", "host", "evil.example"),
                get("host with a path", "host", "shop.example/evil"));
    }

    static Stream<Arguments> pseudoFields() {
        return Stream.of(
                path("no slash", "evil"),
                path("no path", ""),
                path("CR LF in the path", "/ HTTP/1.1\r\nEvil: a"),
                path("LF in the path", "/\nevil"),
                path("a blank in the path", "/ /evil"),
                path("a tab in the path", "/\tevil"),
                path("an absolute target", "http://evil.example/"),
                path("authority form", "evil.example:80"),
                path("asterisk", "*"),
                path("a fragment", "/#evil"),
                pseudo("CR LF in the method", request("GET / HTTP/1.1\r\nEvil: a\r\n\r\n", "/")),
                pseudo("a blank in the method", request("GE T", "/")),
                pseudo("no method", "::", ""),
                pseudo(
                        "CR LF in the authority",
                        with(Stream.of(GET).limit(6).toArray(String[]::new), ":authority", "a\r\nb")),
                pseudo(
                        "a user in the authority",
                        with(Stream.of(GET).limit(6).toArray(String[]::new), ":authority", "u@a")),
                pseudo(
                        "a path in the authority",
                        with(Stream.of(GET).limit(6).toArray(String[]::new), ":authority", "a/b")),
                pseudo("another scheme", ":method", "GET", ":scheme", "https", ":path", "/", ":authority", "a"),
                pseudo(
                        "a scheme that is text",
                        ":method",
                        "GET",
                        ":scheme",
                        "http://a/?",
                        ":path",
                        "/",
                        ":authority",
                        "a"),
                pseudo("no scheme", ":method", "GET", ":path", "/", ":authority", "a"),
                pseudo("no path at all", ":method", "GET", ":scheme", "http", ":authority", "a"),
                get("two paths", ":path", "/evil"),
                get("two methods", ":method", "POST"),
                get("a status", ":status", "200"),
                get("an unknown one", ":evil", "a"),
                pseudo("one behind a field", ":method", "GET", "x", "a", ":scheme", "http", ":path", "/"),
                pseudo("TRACE", request("TRACE", "/")),
                pseudo("CONNECT", ":method", "CONNECT", ":authority", "evil.example:25"),
                path("the node's status", "/limpet/status"));
    }

    static Stream<Arguments> bodies() {
        String[] none = {};
        return Stream.of(
                post("less than its length", new String[] {"content-length", "10"}, data(1, true, "abc")),
                arguments("no body for a length", new Frame[] {
                    headers(1, true, with(request("POST", "/"), "content-length", "10"))
                }),
                post("trailers for a length", new String[] {"content-length", "10"}, headers(1, true, "x", "y")),
                post("more than its length", new String[] {"content-length", "2"}, data(1, true, "abcGET /evil")),
                post("two lengths", new String[] {"content-length", "3", "content-length", "4"}, data(1, true, "abc")),
                post("a length that is none", new String[] {"content-length", "3, 4"}, data(1, true, "abc")),
                post("a negative length", new String[] {"content-length", "-1"}, data(1, true, "abc")),
                post("chunked", new String[] {"transfer-encoding", "chunked"}, data(1, true, "0\r\n\r\nGET /evil")),
                post("a pseudo-field in trailers", none, data(1, false, "abc"), headers(1, true, ":path", "/evil")),
                post("capitals in trailers", none, data(1, false, "abc"), headers(1, true, "X-Evil", "a")),
                post("CR LF in trailers", none, data(1, false, "abc"), headers(1, true, "x", "a\r\n\r\nGET /evil")));
    }

    /** What a stream for a WebSocket (RFC 8441) may not say either, beside all that a GET may not. */
    static Stream<Arguments> targets() {
        return Stream.of(
                path("an empty segment", "/a//b"),
                path("an encoded slash", "/a%2Fb"),
                path("an encoded backslash", "/a%5Cb"),
                path("encoded dots", "/a/%2e%2e/b"),
                path("dots behind a parameter", "/a/..;/b"),
                path("the order to drain", "/limpet/drain"),
                path("the node's status, encoded", "/%6cimpet/status"),
                path("bytes beyond ASCII", "/\u00e9"),
                pseudo("a WebSocket's scheme", ":method", "GET", ":scheme", "ws", ":path", "/", ":authority", "a"));
    }

    /** The same head as an extended CONNECT. */
    private static Frame webSocket(String... fields) {
        String[] asked = with(new String[] {":protocol", "websocket"}, fields);
        for (int i = 2; i < asked.length; i += 2) {
            if (asked[i].equals(":method") && asked[i + 1].equals("GET")) {
                asked[i + 1] = "CONNECT";
            }
        }
        return headers(1, false, asked);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"values", "names", "pseudoFields", "targets"})
    void reachesNoNodeForAWebSocket(String name, String[] fields) throws IOException {
        Http2Answer answer = ask(webSocket(fields));

        assertThat(NODE.requests()).as(name).isEmpty();
        assertThat(answer.status()).as(name).matches(status -> status == 0 || status / 100 == 4 || status == 501);
        assertThat(PROXY.get("/").body()).isEqualTo("n1");
    }

    @Test
    void anHonestWebSocketDoes() throws IOException {
        ask(webSocket(GET));
        assertThat(NODE.onlyRequest().line()).isEqualTo("GET / HTTP/1.1");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"values", "names", "pseudoFields"})
    void reachesNoNode(String name, String[] fields) throws IOException {
        reachesNoNodeWithItsBody(name, new Frame[] {headers(1, true, fields)});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void reachesNoNodeWithItsBody(String name, Frame[] frames) throws IOException {
        Http2Answer answer = ask(frames);

        assertThat(NODE.requests()).as(name).noneMatch(Http2HostileTest::isWhole);
        if (NODE.requests().isEmpty()) { // else it may have answered before it knew
            assertThat(answer.status()).as(name).matches(status -> status == 0 || status / 100 == 4 || status == 501);
        }
        assertThat(PROXY.get("/").body()).isEqualTo("n1");
    }

    /** A head whose connection is cut before its body has come is no request (RFC 9112 §8). */
    private static boolean isWhole(RawRequest request) {
        return request.values("Content-Length").stream()
                .allMatch(length -> length.equals(String.valueOf(request.body().length())));
    }

    @Test
    void anHonestRequestDoes() throws IOException {
        assertThat(ask(Frame.get(1)).body()).isEqualTo("n1");
        assertThat(NODE.onlyRequest().line()).isEqualTo("GET / HTTP/1.1");
    }
}
