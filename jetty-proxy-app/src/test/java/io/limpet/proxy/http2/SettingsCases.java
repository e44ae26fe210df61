package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.ACK;
import static io.limpet.proxy.http2.Frame.get;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.settings;
import static io.limpet.proxy.http2.Frame.window;
import static io.limpet.proxy.http2.Http2Case.FLOW_CONTROL_ERROR;
import static io.limpet.proxy.http2.Http2Case.FRAME_SIZE_ERROR;
import static io.limpet.proxy.http2.Http2Case.PROTOCOL_ERROR;
import static io.limpet.proxy.http2.Http2Case.alive;
import static io.limpet.proxy.http2.Http2Case.answered;
import static io.limpet.proxy.http2.Http2Case.connectionError;
import static io.limpet.proxy.http2.Http2Case.dataOf;
import static io.limpet.proxy.http2.Http2Case.keeps;
import static io.limpet.proxy.http2.Http2Case.streamError;

import java.util.stream.Stream;

/** RFC 9113 §6.5 and §6.9: settings and flow control. The server's answers are longer than 4 bytes. */
final class SettingsCases {

    private static final int HEADER_TABLE_SIZE = 1;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int LARGEST = 0x7fff_ffff;

    private SettingsCases() {}

    static Stream<Http2Case> all() {
        return Stream.concat(values(), windows());
    }

    private static Http2Case wrong(String rule, int code, Frame... frames) {
        return keeps("6.5", rule, connectionError(code), frames);
    }

    private static Stream<Http2Case> values() {
        return Stream.of(
                keeps(
                        "6.5",
                        "settings are acknowledged",
                        client -> client.await(frame -> frame.type() == Frame.SETTINGS && frame.has(ACK))
                                .isPresent(),
                        settings(INITIAL_WINDOW_SIZE, 100)),
                wrong(
                        "an acknowledgement with a payload",
                        FRAME_SIZE_ERROR,
                        settings(ENABLE_PUSH, 0).flagged(ACK)),
                wrong(
                        "settings on a stream",
                        PROTOCOL_ERROR,
                        settings(ENABLE_PUSH, 0).on(1)),
                wrong(
                        "a length that is no multiple of 6",
                        FRAME_SIZE_ERROR,
                        new Frame(Frame.SETTINGS, 0, 0, new byte[3])),
                wrong("push that is neither 0 nor 1", PROTOCOL_ERROR, settings(ENABLE_PUSH, 2)),
                wrong("a window beyond 2^31-1", FLOW_CONTROL_ERROR, settings(INITIAL_WINDOW_SIZE, 0x8000_0000)),
                wrong("a frame size below 2^14", PROTOCOL_ERROR, settings(MAX_FRAME_SIZE, 16_383)),
                wrong("a frame size beyond 2^24-1", PROTOCOL_ERROR, settings(MAX_FRAME_SIZE, 1 << 24)),
                keeps("6.5", "an unknown setting is ignored", alive(), settings(0xff, 1)),
                keeps("6.5", "a table size of 0 is taken", answered(), settings(HEADER_TABLE_SIZE, 0), get(1)));
    }

    private static Stream<Http2Case> windows() {
        Frame post = headers(1, false, request("POST", "/"));
        return Stream.of(
                keeps("6.9", "an increment of 0 for the connection", connectionError(PROTOCOL_ERROR), window(0, 0)),
                keeps("6.9", "an increment of 0 for a stream", streamError(PROTOCOL_ERROR), post, window(1, 0)),
                keeps(
                        "6.9.1",
                        "a window beyond 2^31-1 for the connection",
                        connectionError(FLOW_CONTROL_ERROR),
                        window(0, LARGEST),
                        window(0, LARGEST)),
                keeps(
                        "6.9.1",
                        "a window beyond 2^31-1 for a stream",
                        streamError(FLOW_CONTROL_ERROR),
                        post,
                        window(1, LARGEST),
                        window(1, LARGEST)),
                keeps("6.9.1", "no more is sent than fits", dataOf(1), settings(INITIAL_WINDOW_SIZE, 1), get(1)),
                keeps(
                        "6.5.3",
                        "the last of two values counts",
                        dataOf(2),
                        settings(INITIAL_WINDOW_SIZE, 9, INITIAL_WINDOW_SIZE, 2),
                        get(1)),
                keeps(
                        "6.9.2",
                        "a larger initial window opens streams",
                        dataOf(3),
                        settings(INITIAL_WINDOW_SIZE, 0),
                        get(1),
                        settings(INITIAL_WINDOW_SIZE, 3)),
                new Http2Case(
                        "6.9.2",
                        "a window may be negative",
                        client -> {
                            client.send(settings(INITIAL_WINDOW_SIZE, 3), get(1));
                            client.await(frame -> frame.type() == Frame.DATA);
                            client.send(settings(INITIAL_WINDOW_SIZE, 2), window(1, 2));
                        },
                        dataOf(1)));
    }
}
