package io.limpet.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictResponseParserTest {

    private final StrictResponseParser parser = new StrictResponseParser(1024);

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The events in order, a part of the body as its bytes; an end of the stream at the end. */
    private String events(String response, int step) {
        StringBuilder events = new StringBuilder();
        for (int from = 0; from < response.length(); from += step) {
            ByteBuffer buffer = bytes(response.substring(from, Math.min(response.length(), from + step)));
            ResponseParser.Event event = parser.next(buffer);
            while (event != ResponseParser.Event.NEED_BYTES) {
                events.append(describe(event));
                if (event == ResponseParser.Event.FAILED || event == ResponseParser.Event.END) {
                    return events.toString();
                }
                event = parser.next(buffer);
            }
            assertThat(buffer.hasRemaining()).isFalse();
        }
        return events.append(describe(parser.end())).toString();
    }

    private String describe(ResponseParser.Event event) {
        return switch (event) {
            case HEAD -> "HEAD " + parser.status() + " ";
            case CONTENT -> BufferUtil.toString(parser.content(), StandardCharsets.ISO_8859_1);
            default -> " " + event;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void aResponseIsTheSameHoweverItsBytesArrive(int step) {
        parser.begin(false);
        assertThat(events("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", step))
                .isEqualTo("HEAD 200 hello END");
        assertThat(parser.isPersistent()).isTrue();
        parser.begin(false);
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nX: y\r\n\r\n";
        assertThat(events(chunked, step)).isEqualTo("HEAD 200 hello END");
        assertThat(parser.trailers()).isNotNull().hasToString("X: y\r\n\r\n");
        parser.begin(false);
        String hinted = "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
        assertThat(events(hinted + "HTTP/1.1 204 No Content\r\n\r\n", step))
                .isEqualTo("HEAD 103 HEAD 102 HEAD 204  END");
        parser.begin(true);
        assertThat(events(hinted + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", step))
                .isEqualTo("HEAD 103 HEAD 102 HEAD 200  END");
        parser.begin(false);
        assertThat(events("HTTP/1.1 200 OK\r\n\r\nhello", step)).isEqualTo("HEAD 200 hello END");
        assertThat(parser.isPersistent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\u0000z\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: y\rz: a\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\na",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysIsNoResponse(String response) {
        parser.begin(false);
        assertThat(events(response, 1000)).isEqualTo(" FAILED");
        assertThat(parser.failure()).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhell\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nhell\r\nz\r\n"
            })
    void aBodyThatBreaksOffIsNotWhole(String response) {
        parser.begin(false);
        assertThat(events(response, 1000)).isEqualTo("HEAD 200 hell FAILED");
    }

    @Test
    void aHeadBeyondTheLimitIsRefused() {
        parser.begin(false);
        assertThat(events("HTTP/1.1 200 OK\r\nX: " + "y".repeat(1024) + "\r\n\r\n", 1000))
                .isEqualTo(" FAILED");
    }

    @Test
    void aConnectionThatEndsBeforeAnythingCameIsLostAndOneThatEndsLaterIsNot() {
        parser.begin(false);
        assertThat(parser.end()).isEqualTo(ResponseParser.Event.FAILED);
        assertThat(parser.failure()).isInstanceOf(java.io.EOFException.class);
        StrictResponseParser other = new StrictResponseParser(1024);
        other.begin(false);
        assertThat(other.next(bytes("HTTP/1.1 2"))).isEqualTo(ResponseParser.Event.NEED_BYTES);
        assertThat(other.end()).isEqualTo(ResponseParser.Event.FAILED);
        assertThat(other.failure()).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"
            })
    void whoSaysThatItClosesIsNotAskedAgain(String response) {
        parser.begin(false);
        assertThat(events(response, 1000)).isEqualTo("HEAD 200  END");
        assertThat(parser.isPersistent()).isFalse();
    }
}
