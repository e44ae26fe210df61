package io.limpet.proxy.http2;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule for servers, what a client does to see whether it is kept, and what it then expects. What a server may do is
 * taken as h2spec takes it: whoever may reset a stream may end the connection, and need not say why.
 *
 * @param section of RFC 9113, or of RFC 7541 ("HPACK")
 * @param rule in a few words
 * @param script what the client sends, on a connection that has begun already
 * @param expected what has to come
 */
public record Http2Case(String section, String rule, Script script, Expectation expected) {

    /** RFC 9113 §7. */
    static final int PROTOCOL_ERROR = 1;

    static final int FLOW_CONTROL_ERROR = 3;
    static final int STREAM_CLOSED = 5;
    static final int FRAME_SIZE_ERROR = 6;
    static final int REFUSED_STREAM = 7;
    static final int COMPRESSION_ERROR = 9;

    /** What the client does. */
    interface Script {
        /** Does it. */
        void play(FrameClient client) throws IOException;
    }

    /** What the client looks for. */
    interface Expectation {
        /** Whether it came. */
        boolean isMetBy(FrameClient client) throws IOException;
    }

    /** All there are. */
    public static Stream<Http2Case> all() {
        return Stream.of(
                        FrameCases.all(),
                        AcceptedCases.all(),
                        SettingsCases.all(),
                        StreamCases.all(),
                        MessageCases.all(),
                        HpackCases.all())
                .flatMap(cases -> cases);
    }

    /** Whether the server at this port of this machine keeps the rule, and does not take longer than this. */
    public boolean isKeptAt(int port, Duration patience) throws IOException {
        try (FrameClient client = FrameClient.open(port, patience)) {
            script.play(client);
            return expected.isMetBy(client);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    static Http2Case keeps(String section, String rule, Expectation expected, Frame... frames) {
        return new Http2Case(section, rule, client -> client.send(frames), expected);
    }

    /** The connection ends, with one of these codes if any. */
    static Expectation connectionError(int... codes) {
        return client -> {
            Optional<Frame> last = client.await(frame -> frame.type() == Frame.GOAWAY);
            return last.isEmpty() || hasOneOf(last.get(), codes);
        };
    }

    /** The stream is reset with one of these codes, or the connection ends. */
    static Expectation streamError(int... codes) {
        return client -> {
            Optional<Frame> last =
                    client.await(frame -> frame.type() == Frame.GOAWAY || frame.type() == Frame.RST_STREAM);
            return last.isEmpty() || hasOneOf(last.get(), codes);
        };
    }

    private static boolean hasOneOf(Frame frame, int... codes) {
        return Arrays.stream(codes).anyMatch(code -> code == frame.code());
    }

    /** A malformed request is a stream error, and may be answered before (RFC 9113 §8.1.1). */
    static Expectation malformed() {
        return client -> {
            Http2Answer answer = client.answer(1);
            return answer.status() >= 400
                    || (answer.status() == 0 && (answer.reset() == PROTOCOL_ERROR || !answer.whole()));
        };
    }

    /** Stream 1 is answered, 200 and whole. */
    static Expectation answered() {
        return client -> {
            Http2Answer answer = client.answer(1);
            return answer.status() == 200 && answer.whole();
        };
    }

    /** The connection goes on. */
    static Expectation alive() {
        return FrameClient::isAlive;
    }

    /** The next data is of this length, no more and no less. */
    static Expectation dataOf(int length) {
        return client -> client.await(frame -> frame.type() == Frame.DATA || frame.type() == Frame.GOAWAY)
                .filter(frame -> frame.type() == Frame.DATA && frame.payload().length == length)
                .isPresent();
    }

    @Override
    public String toString() {
        return section + " " + rule;
    }
}
