package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.CONTINUATION;
import static io.limpet.proxy.http2.Frame.END_HEADERS;
import static io.limpet.proxy.http2.Frame.block;
import static io.limpet.proxy.http2.Frame.data;
import static io.limpet.proxy.http2.Frame.get;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.reset;
import static io.limpet.proxy.http2.Frame.window;
import static io.limpet.proxy.http2.Http2Case.PROTOCOL_ERROR;
import static io.limpet.proxy.http2.Http2Case.STREAM_CLOSED;
import static io.limpet.proxy.http2.Http2Case.alive;
import static io.limpet.proxy.http2.Http2Case.connectionError;
import static io.limpet.proxy.http2.Http2Case.keeps;
import static io.limpet.proxy.http2.Http2Case.streamError;

import java.util.stream.Stream;

/** RFC 9113 §5.1: what may come on a stream that has not begun, or has ended. */
final class StreamCases {

    private static final Frame POST = headers(1, false, request("POST", "/"));
    private static final Frame REST = new Frame(CONTINUATION, END_HEADERS, 1, block("x", "y"));

    private StreamCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(
                keeps("5.1", "data before it begins", connectionError(PROTOCOL_ERROR), data(1, true, "x")),
                keeps("5.1", "a reset before it begins", connectionError(PROTOCOL_ERROR), reset(1, 8)),
                keeps("5.1", "an increment before it begins", connectionError(PROTOCOL_ERROR), window(1, 9)),
                keeps("5.1", "a continuation before it begins", connectionError(PROTOCOL_ERROR), REST),
                keeps("5.1", "data behind its end", streamError(STREAM_CLOSED), get(1), data(1, true, "x")),
                keeps("5.1", "headers behind its end", streamError(STREAM_CLOSED), get(1), get(1)),
                keeps("5.1", "a continuation behind its end", connectionError(PROTOCOL_ERROR), get(1), REST),
                keeps("5.1", "data behind a reset", streamError(STREAM_CLOSED), POST, reset(1, 8), data(1, true, "x")),
                keeps("5.1", "headers behind a reset", streamError(STREAM_CLOSED), POST, reset(1, 8), get(1)),
                keeps("5.1", "a continuation behind a reset", connectionError(PROTOCOL_ERROR), POST, reset(1, 8), REST),
                answered("data when it is closed", streamError(STREAM_CLOSED), data(1, true, "x")),
                answered("headers when it is closed", streamError(STREAM_CLOSED), get(1)),
                answered("a continuation when it is closed", connectionError(PROTOCOL_ERROR), REST),
                new Http2Case(
                        "5.1",
                        "an increment when it is closed is ignored",
                        client -> {
                            client.send(get(1)).answer(1);
                            client.send(window(1, 9));
                        },
                        alive()),
                keeps("5.1.1", "an even number", connectionError(PROTOCOL_ERROR), get(2)),
                keeps(
                        "5.1.1",
                        "a number below the last",
                        connectionError(PROTOCOL_ERROR, STREAM_CLOSED),
                        get(5),
                        get(3)),
                keeps(
                        "5.4.1",
                        "the connection ends behind an error",
                        StreamCases::ends,
                        Frame.ping("on a one").on(1)));
    }

    private static Http2Case answered(String rule, Http2Case.Expectation expected, Frame frame) {
        return new Http2Case(
                "5.1",
                rule,
                client -> {
                    client.send(get(1)).answer(1);
                    client.send(frame);
                },
                expected);
    }

    private static boolean ends(FrameClient client) throws java.io.IOException {
        return client.await(frame -> false).isEmpty();
    }
}
