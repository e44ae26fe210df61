package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.data;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.with;
import static io.limpet.proxy.http2.Http2Case.answered;
import static io.limpet.proxy.http2.Http2Case.keeps;
import static io.limpet.proxy.http2.Http2Case.malformed;

import java.util.stream.Stream;

/** RFC 9113 §8: which requests are malformed, and some that are not. */
final class MessageCases {

    private static final Frame POST = headers(1, false, request("POST", "/"));

    private MessageCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(good(), fields(), pseudoFields(), bodies()).flatMap(cases -> cases);
    }

    private static Http2Case bad(String section, String rule, String... fields) {
        return keeps(section, rule, malformed(), headers(1, true, fields));
    }

    private static Stream<Http2Case> good() {
        return Stream.of(
                keeps("8.1", "HEAD", answered(), headers(1, true, request("HEAD", "/"))),
                keeps("8.1", "OPTIONS", answered(), headers(1, true, request("OPTIONS", "/"))),
                keeps("8.1", "POST", answered(), POST, data(1, true, "x")),
                keeps("8.1", "POST with trailers", answered(), POST, data(1, false, "x"), headers(1, true, "x", "y")),
                keeps("8.1", "POST without data", answered(), headers(1, true, request("POST", "/"))),
                keeps("8.2.2", "te: trailers", answered(), headers(1, true, with(GET, "te", "trailers"))),
                keeps(
                        "8.2.3",
                        "cookies in crumbs",
                        answered(),
                        headers(1, true, with(GET, "cookie", "a=b", "cookie", "c=d"))));
    }

    private static Stream<Http2Case> fields() {
        return Stream.of(
                bad("8.2", "capitals in a name", with(GET, "X-Test", "y")),
                bad("8.2.1", "a blank in a name", with(GET, "x y", "z")),
                bad("8.2.1", "a colon in a name", with(GET, "x:y", "z")),
                bad("8.2.1", "a line feed in a name", with(GET, "x\n", "z")),
                bad("8.2.1", "NUL in a value", with(GET, "x", "y\0z")),
                bad("8.2.1", "a line feed in a value", with(GET, "x", "y\nz")),
                bad("8.2.1", "a carriage return in a value", with(GET, "x", "y\rz")),
                bad("8.2.1", "a blank before a value", with(GET, "x", " y")),
                bad("8.2.1", "a blank behind a value", with(GET, "x", "y ")),
                bad("8.2.2", "connection", with(GET, "connection", "keep-alive")),
                bad("8.2.2", "keep-alive", with(GET, "keep-alive", "5")),
                bad("8.2.2", "proxy-connection", with(GET, "proxy-connection", "keep-alive")),
                bad("8.2.2", "transfer-encoding", with(GET, "transfer-encoding", "chunked")),
                bad("8.2.2", "upgrade", with(GET, "upgrade", "x")),
                bad("8.2.2", "te other than trailers", with(GET, "te", "trailers, deflate;q=0.5")));
    }

    private static Stream<Http2Case> pseudoFields() {
        return Stream.of(
                bad("8.3", "an unknown one", with(GET, ":test", "x")),
                bad("8.3", "one of a response", with(GET, ":status", "200")),
                bad(
                        "8.3",
                        "one behind a field",
                        ":method",
                        "GET",
                        ":scheme",
                        "http",
                        ":authority",
                        "a",
                        "x",
                        "y",
                        ":path",
                        "/"),
                bad("8.3.1", "an empty path", request("GET", "")),
                bad("8.3.1", "no method", ":scheme", "http", ":path", "/", ":authority", "a"),
                bad("8.3.1", "no scheme", ":method", "GET", ":path", "/", ":authority", "a"),
                bad("8.3.1", "no path", ":method", "GET", ":scheme", "http", ":authority", "a"),
                bad("8.3.1", "two methods", with(GET, ":method", "GET")),
                bad("8.3.1", "two schemes", with(GET, ":scheme", "http")),
                bad("8.3.1", "two paths", with(GET, ":path", "/")),
                bad("8.3.1", "a host other than the authority", with(GET, "host", "other.example")),
                bad("8.5", "CONNECT with a path", with(request("CONNECT", "/"), "x", "y")));
    }

    private static Stream<Http2Case> bodies() {
        String[] three = with(request("POST", "/"), "content-length", "3");
        return Stream.of(
                keeps("8.1", "headers twice", malformed(), POST, POST),
                keeps(
                        "8.1",
                        "a pseudo-field in trailers",
                        malformed(),
                        POST,
                        data(1, false, "x"),
                        headers(1, true, ":method", "x")),
                keeps("8.1.1", "less data than its length", malformed(), headers(1, false, three), data(1, true, "x")),
                keeps(
                        "8.1.1",
                        "more data than its length",
                        malformed(),
                        headers(1, false, three),
                        data(1, true, "four")),
                keeps(
                        "8.1.1",
                        "less in several parts",
                        malformed(),
                        headers(1, false, three),
                        data(1, false, "x"),
                        data(1, true, "y")),
                keeps("8.1.1", "no data for a length", malformed(), headers(1, true, three)),
                keeps("8.1.1", "as much as its length", answered(), headers(1, false, three), data(1, true, "xyz")));
    }
}
