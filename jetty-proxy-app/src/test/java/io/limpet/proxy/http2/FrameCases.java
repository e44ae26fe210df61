package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.ACK;
import static io.limpet.proxy.http2.Frame.CONTINUATION;
import static io.limpet.proxy.http2.Frame.END_HEADERS;
import static io.limpet.proxy.http2.Frame.END_STREAM;
import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.GOAWAY;
import static io.limpet.proxy.http2.Frame.HEADERS;
import static io.limpet.proxy.http2.Frame.PADDED;
import static io.limpet.proxy.http2.Frame.PING;
import static io.limpet.proxy.http2.Frame.PRIORITY;
import static io.limpet.proxy.http2.Frame.PUSH_PROMISE;
import static io.limpet.proxy.http2.Frame.RST_STREAM;
import static io.limpet.proxy.http2.Frame.WINDOW_UPDATE;
import static io.limpet.proxy.http2.Frame.block;
import static io.limpet.proxy.http2.Frame.get;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.ping;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.window;
import static io.limpet.proxy.http2.Http2Case.FRAME_SIZE_ERROR;
import static io.limpet.proxy.http2.Http2Case.PROTOCOL_ERROR;
import static io.limpet.proxy.http2.Http2Case.alive;
import static io.limpet.proxy.http2.Http2Case.answered;
import static io.limpet.proxy.http2.Http2Case.connectionError;
import static io.limpet.proxy.http2.Http2Case.streamError;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** RFC 9113 §4 and §6, but for settings and flow control: what a frame may look like, and where it may stand. */
final class FrameCases {

    private static final Frame POST = headers(1, false, request("POST", "/"));
    private static final Frame OPEN = new Frame(HEADERS, END_STREAM, 1, block(GET));
    private static final Frame FIVE = new Frame(PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 9});

    private FrameCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(format(), sizes(), data(), headerBlocks(), others()).flatMap(cases -> cases);
    }

    private static Frame of(int type, int flags, int stream, int length) {
        return new Frame(type, flags, stream, new byte[length]);
    }

    private static Http2Case wrong(String section, String rule, int code, Frame... frames) {
        return Http2Case.keeps(section, rule, connectionError(code), frames);
    }

    private static Stream<Http2Case> format() {
        return Stream.of(
                Http2Case.keeps("3.4", "a request is answered", answered(), get(1)),
                Http2Case.keeps("4.1", "an unknown type is ignored", alive(), of(0x16, 0, 0, 8)),
                Http2Case.keeps(
                        "4.1",
                        "undefined flags are ignored",
                        alive(),
                        ping("undefind").flagged(0x16)),
                Http2Case.keeps(
                        "4.1",
                        "the reserved bit is ignored",
                        alive(),
                        ping("reserved").on(0x8000_0000)),
                wrong("5.5", "an unknown type in a header block", PROTOCOL_ERROR, OPEN, of(0x16, 0, 0, 8)),
                wrong(
                        "8.4",
                        "a push by the client",
                        PROTOCOL_ERROR,
                        new Frame(
                                PUSH_PROMISE,
                                END_HEADERS,
                                1,
                                ByteBuffer.allocate(5).putInt(2).array())));
    }

    private static Stream<Http2Case> sizes() {
        return Stream.of(
                Http2Case.keeps("4.2", "data of 2^14 bytes", answered(), POST, of(Frame.DATA, END_STREAM, 1, 16_384)),
                Http2Case.keeps(
                        "4.2",
                        "data of more",
                        streamError(FRAME_SIZE_ERROR),
                        POST,
                        of(Frame.DATA, END_STREAM, 1, 16_385)),
                wrong(
                        "4.2",
                        "headers of more",
                        FRAME_SIZE_ERROR,
                        headers(1, true, Frame.with(GET, "x", "y".repeat(17_000)))),
                Http2Case.keeps(
                        "6.3",
                        "a priority of other than 5 bytes",
                        streamError(FRAME_SIZE_ERROR),
                        of(PRIORITY, 0, 1, 4)),
                wrong("6.4", "a reset of other than 4 bytes", FRAME_SIZE_ERROR, POST, of(RST_STREAM, 0, 1, 3)),
                wrong("6.7", "a ping of other than 8 bytes", FRAME_SIZE_ERROR, of(PING, 0, 0, 6)),
                wrong("6.9", "an increment of other than 4 bytes", FRAME_SIZE_ERROR, of(WINDOW_UPDATE, 0, 0, 3)));
    }

    private static Stream<Http2Case> data() {
        return Stream.of(
                wrong("6.1", "data on the connection", PROTOCOL_ERROR, Frame.data(0, true, "x")),
                wrong(
                        "6.1",
                        "padding longer than the frame",
                        PROTOCOL_ERROR,
                        POST,
                        new Frame(Frame.DATA, END_STREAM | PADDED, 1, new byte[] {9, 0, 0})),
                Http2Case.keeps(
                        "6.1", "padding", answered(), POST, new Frame(Frame.DATA, END_STREAM | PADDED, 1, new byte[] {
                            2, 'x', 0, 0
                        })),
                Http2Case.keeps(
                        "6.1", "data in parts", answered(), POST, Frame.data(1, false, "x"), Frame.data(1, true, "y")));
    }

    private static Stream<Http2Case> headerBlocks() {
        byte[] whole = block(GET);
        Frame rest = new Frame(CONTINUATION, END_HEADERS, 1, block("x", "y"));
        Frame part = new Frame(CONTINUATION, 0, 1, block("x", "y"));
        return Stream.of(
                wrong("4.3", "a priority in a header block", PROTOCOL_ERROR, OPEN, FIVE),
                wrong("4.3", "another stream's headers in one", PROTOCOL_ERROR, OPEN, get(3)),
                wrong("6.2", "data in one", PROTOCOL_ERROR, OPEN, Frame.data(1, true, "x")),
                wrong("6.2", "headers on the connection", PROTOCOL_ERROR, get(0)),
                wrong(
                        "6.2",
                        "padding longer than the frame",
                        PROTOCOL_ERROR,
                        new Frame(HEADERS, END_STREAM | END_HEADERS | PADDED, 1, new byte[] {99, 0, 0})),
                Http2Case.keeps("6.2", "padding", answered(), padded(whole)),
                Http2Case.keeps("6.2", "a priority in headers is read", answered(), prioritized(whole)),
                Http2Case.keeps("6.10", "continuations", answered(), OPEN, part, part, rest),
                wrong("6.10", "a continuation, then a priority", PROTOCOL_ERROR, OPEN, part, FIVE),
                wrong("6.10", "a continuation on the connection", PROTOCOL_ERROR, OPEN, rest.on(0)),
                wrong("6.10", "a continuation on another stream", PROTOCOL_ERROR, OPEN, rest.on(3)),
                wrong("6.10", "a continuation behind whole headers", PROTOCOL_ERROR, get(1), rest),
                wrong("6.10", "a continuation behind the last one", PROTOCOL_ERROR, OPEN, rest, rest),
                wrong("6.10", "a continuation behind data", PROTOCOL_ERROR, POST, Frame.data(1, false, "x"), rest));
    }

    private static Frame padded(byte[] block) {
        ByteBuffer payload = ByteBuffer.allocate(block.length + 4).put((byte) 3).put(block);
        return new Frame(HEADERS, END_STREAM | END_HEADERS | PADDED, 1, payload.array());
    }

    private static Frame prioritized(byte[] block) {
        ByteBuffer payload =
                ByteBuffer.allocate(block.length + 5).putInt(0).put((byte) 9).put(block);
        return new Frame(HEADERS, END_STREAM | END_HEADERS | 0x20, 1, payload.array());
    }

    private static Stream<Http2Case> others() {
        return Stream.of(
                Http2Case.keeps("6.3", "a priority is read", answered(), FIVE, get(1)),
                wrong("6.3", "a priority on the connection", PROTOCOL_ERROR, FIVE.on(0)),
                wrong("6.4", "a reset of the connection", PROTOCOL_ERROR, Frame.reset(0, 8)),
                Http2Case.keeps("6.7", "a ping is answered with its payload", alive()),
                Http2Case.keeps(
                        "6.7",
                        "an answer to no ping is ignored",
                        alive(),
                        ping("answered").flagged(ACK)),
                wrong(
                        "6.7",
                        "a ping on a stream",
                        PROTOCOL_ERROR,
                        ping("onstream").on(1)),
                wrong("6.8", "a goaway on a stream", PROTOCOL_ERROR, of(GOAWAY, 0, 1, 8)),
                Http2Case.keeps("7", "an unknown code in a reset is none", alive(), POST, Frame.reset(1, 0xff)),
                Http2Case.keeps("6.9", "an increment", answered(), window(0, 1), get(1)));
    }
}
