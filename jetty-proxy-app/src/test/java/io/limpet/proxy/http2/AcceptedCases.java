package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.CONTINUATION;
import static io.limpet.proxy.http2.Frame.END_HEADERS;
import static io.limpet.proxy.http2.Frame.END_STREAM;
import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.GOAWAY;
import static io.limpet.proxy.http2.Frame.HEADERS;
import static io.limpet.proxy.http2.Frame.PADDED;
import static io.limpet.proxy.http2.Frame.PING;
import static io.limpet.proxy.http2.Frame.PRIORITY;
import static io.limpet.proxy.http2.Frame.block;
import static io.limpet.proxy.http2.Frame.data;
import static io.limpet.proxy.http2.Frame.get;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static io.limpet.proxy.http2.Frame.reset;
import static io.limpet.proxy.http2.Frame.window;
import static io.limpet.proxy.http2.Http2Case.COMPRESSION_ERROR;
import static io.limpet.proxy.http2.Http2Case.PROTOCOL_ERROR;
import static io.limpet.proxy.http2.Http2Case.REFUSED_STREAM;
import static io.limpet.proxy.http2.Http2Case.alive;
import static io.limpet.proxy.http2.Http2Case.answered;
import static io.limpet.proxy.http2.Http2Case.connectionError;
import static io.limpet.proxy.http2.Http2Case.keeps;
import static io.limpet.proxy.http2.Http2Case.streamError;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a server has to take, frame by frame, and the few rules of h2spec's that stand in no other file here. */
final class AcceptedCases {

    private static final Frame POST = headers(1, false, request("POST", "/"));
    private static final int PRIORITIZED = 0x20;

    /** More than anybody lets. */
    private static final int STREAMS = 300;

    private AcceptedCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(onStreams(), priorities(), ends(), others()).flatMap(cases -> cases);
    }

    private static Frame priority(int stream, int dependency, int weight) {
        return new Frame(
                PRIORITY,
                0,
                stream,
                ByteBuffer.allocate(5)
                        .putInt(dependency)
                        .put((byte) (weight - 1))
                        .array());
    }

    private static Frame prioritized(int dependency, int padding) {
        byte[] block = block(GET);
        ByteBuffer payload = ByteBuffer.allocate(1 + 5 + block.length + padding)
                .put((byte) padding)
                .putInt(dependency)
                .put((byte) 9)
                .put(block);
        return new Frame(HEADERS, END_STREAM | END_HEADERS | PADDED | PRIORITIZED, 1, payload.array());
    }

    private static Stream<Http2Case> onStreams() {
        Frame begin = new Frame(HEADERS, END_STREAM, 1, block(GET));
        Frame rest = new Frame(CONTINUATION, END_HEADERS, 1, block("x", "y"));
        return Stream.of(
                keeps("5.1", "an increment behind the request's end", answered(), get(1), window(1, 9)),
                keeps("5.1", "a priority behind the request's end", answered(), get(1), priority(1, 0, 9)),
                keeps("5.1", "a reset behind the request's end", alive(), get(1), reset(1, 8)),
                new Http2Case(
                        "5.1",
                        "a priority when it is closed",
                        client -> {
                            client.send(get(1)).answer(1);
                            client.send(priority(1, 0, 9));
                        },
                        alive()),
                keeps("6.2", "padding and a priority in headers", answered(), prioritized(0, 3)),
                keeps("6.4", "a reset", alive(), POST, reset(1, 8)),
                keeps("6.9", "an increment for a stream", answered(), POST, window(1, 1), data(1, true, "x")),
                keeps("6.10", "one continuation", answered(), begin, rest));
    }

    /** Of RFC 7540; RFC 9113 §5.3.2 has given them up, and says no more of them than that they are read. */
    private static Stream<Http2Case> priorities() {
        return Stream.of(
                keeps("6.3", "the least weight", answered(), priority(1, 0, 1), get(1)),
                keeps("6.3", "the greatest weight", answered(), priority(1, 0, 256), get(1)),
                keeps("6.3", "an exclusive dependency", answered(), priority(1, 0x8000_0000, 9), get(1)),
                keeps("6.3", "a priority of a later stream", answered(), priority(7, 0, 9), get(1)),
                keeps("5.3.1", "a priority that depends on itself", streamError(PROTOCOL_ERROR), priority(1, 1, 9)),
                keeps("5.3.1", "headers that depend on themselves", streamError(PROTOCOL_ERROR), prioritized(1, 0)));
    }

    private static Frame goAway(int code) {
        return new Frame(
                GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(0).putInt(code).array());
    }

    /** The other side may go on, or end without complaint. */
    private static boolean endsInPeace(FrameClient client) throws IOException {
        client.send(Frame.ping("in peace"));
        Optional<Frame> next = client.await(frame -> frame.type() == PING || frame.type() == GOAWAY);
        return next.isEmpty() || next.get().type() == PING || next.get().code() == 0;
    }

    private static Stream<Http2Case> ends() {
        return Stream.of(
                keeps("6.8", "a goaway", AcceptedCases::endsInPeace, goAway(0)),
                keeps("7", "an unknown code in a goaway is none", AcceptedCases::endsInPeace, goAway(0xff)),
                new Http2Case("3.4", "another preface", client -> {}, client -> {
                    try (FrameClient other = client.another()) {
                        other.raw("INVALID CONNECTION PREFACE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                        return other.await(frame -> frame.type() == GOAWAY).isEmpty();
                    }
                }),
                keeps(
                        "5.4.1",
                        "an error is told in a goaway",
                        client -> client.await(frame -> frame.type() == GOAWAY).isPresent(),
                        Frame.ping("on a one").on(1)));
    }

    private static Stream<Http2Case> others() {
        return Stream.of(
                keeps(
                        "4.3",
                        "a field that does not end",
                        connectionError(COMPRESSION_ERROR),
                        new Frame(HEADERS, END_STREAM | END_HEADERS, 1, new byte[] {0x40})),
                keeps(
                        "5.1.2",
                        "more streams than allowed",
                        streamError(PROTOCOL_ERROR, REFUSED_STREAM),
                        IntStream.range(0, STREAMS)
                                .mapToObj(i -> headers(2 * i + 1, false, request("POST", "/")))
                                .toArray(Frame[]::new)),
                keeps(
                        "5.5",
                        "an unknown type on a stream is ignored",
                        answered(),
                        POST,
                        unknown(),
                        data(1, true, "x")));
    }

    private static Frame unknown() {
        return new Frame(0x16, 0, 1, new byte[8]);
    }
}
