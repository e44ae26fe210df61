package io.limpet.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictnessTest {

    private static final int LONGEST = 200;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "GET / HTTP/1.1>Host: a>> ! NONE",
                "GET / HTTP/1.1<Host: a>> ! BARE_LF",
                "GET / HTTP/1.1>Host: a<> ! BARE_LF",
                "GET / HTTP/1.1>Host: a>< ! BARE_LF",
                "GET / HTTP/1.1>Host: a^b>> ! BARE_CR",
                "GET / HTTP/1.1>Host: a>X: a_b>> ! CONTROL",
                "GET / HTTP/1.1>Host: a>X: a\u007fb>> ! CONTROL",
                "GET / HTTP/1.1>Host: a>X_: b>> ! CONTROL",
                ">GET / HTTP/1.1>Host: a>> ! BARE_CR",
                "G(T / HTTP/1.1>Host: a>> ! METHOD",
                "GET  / HTTP/1.1>Host: a>> ! TARGET",
                "GET /é HTTP/1.1>Host: a>> ! TARGET",
                "GET / b HTTP/1.1>Host: a>> ! VERSION",
                "GET / HTTP/1.0>Host: a>> ! VERSION",
                "GET / HTTP/2.0>Host: a>> ! VERSION",
                "GET / HTTP/1.1>X(: a>Host: a>> ! NAME",
                "GET / HTTP/1.1>Host: a>nothing>> ! BARE_CR",
                "GET / HTTP/1.1>Host : a>> ! SPACE_BEFORE_COLON",
                "GET / HTTP/1.1>Host: a> b>> ! FOLDED",
                "GET / HTTP/1.1> Host: a>> ! FOLDED",
                "GET / HTTP/1.1>X: a>> ! HOST",
                "GET / HTTP/1.1>Host: a>Host: a>> ! HOST",
                "GET / HTTP/1.1>Host: a@b>> ! HOST",
                "GET / HTTP/1.1>Host: a:+1>> ! HOST",
                "GET / HTTP/1.1>Host: a:65536>> ! HOST",
                "POST / HTTP/1.1>Host: a>Content-Length: 1>Content-Length: 1>> ! LENGTH",
                "POST / HTTP/1.1>Host: a>Content-Length: 1, 1>> ! LENGTH",
                "POST / HTTP/1.1>Host: a>Content-Length: +1>> ! LENGTH",
                "POST / HTTP/1.1>Host: a>Content-Length:>> ! LENGTH",
                "POST / HTTP/1.1>Host: a>Content-Length: 1234567890123456789>> ! LENGTH",
                "POST / HTTP/1.1>Host: a>Content-Length: 1>Transfer-Encoding: chunked>> ! LENGTH_AND_CODING",
                "POST / HTTP/1.1>Host: a>Transfer-Encoding: gzip, chunked>> ! CODING",
                "POST / HTTP/1.1>Host: a>Transfer-Encoding: chunked>Transfer-Encoding: chunked>> ! CODING",
                "POST / HTTP/1.1>Host: a>Transfer-Encoding: identity>> ! CODING",
                "POST / HTTP/1.1>Host: a>Transfer-Encoding:>> ! CODING",
                "GET / HTTP/1.1>Host: a>A:>B:>C:>D:>> ! TOO_MANY"
            })
    void aRequestThatBreaksARuleIsRefusedForIt(String text, Flaw flaw) {
        RequestHeadReader reader = new RequestHeadReader(LONGEST, 4);
        byte[] bytes = bytes(text);

        Progress progress = reader.read(ByteBuffer.wrap(bytes), 0, bytes.length);

        assertThat(reader.flaw()).isEqualTo(flaw);
        assertThat(progress).isEqualTo(flaw == Flaw.NONE ? Progress.DONE : Progress.REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "5>hello>0>> ! NONE",
                "005>hello>000>> ! NONE",
                "5;a=b>hello>0>> ! CHUNK_EXTENSION",
                "5 >hello>0>> ! CHUNK_EXTENSION",
                "5<hello>0>> ! BARE_LF",
                "5>hello<0>> ! CHUNK_END",
                "5>hello0>> ! CHUNK_END",
                "x5>hello>0>> ! CHUNK_SIZE",
                "-5>hello>0>> ! CHUNK_SIZE",
                ">hello>0>> ! BARE_CR",
                "7ffffff>hello>0>> ! NONE",
                "80000000>hello>0>> ! CHUNK_SIZE",
                "5>hello>0>X: a> b>> ! FOLDED",
                "5>hello>0>X : a>> ! SPACE_BEFORE_COLON"
            })
    void aChunkThatBreaksARuleIsRefusedForIt(String text, Flaw flaw) {
        ChunkReader reader = new ChunkReader(false, LONGEST, 4);
        reader.begin();
        ByteBuffer buffer = ByteBuffer.wrap(bytes(text));
        ChunkReader.Event event = reader.next(buffer);
        while (event == ChunkReader.Event.CONTENT || event == ChunkReader.Event.LAST) {
            event = reader.next(buffer);
        }

        assertThat(reader.flaw()).isEqualTo(flaw);
        assertThat(event == ChunkReader.Event.REFUSED).isEqualTo(flaw != Flaw.NONE);
    }

    @Test
    void aHeadThatGrowsBeyondTheLimitIsRefusedBeforeItsEnd() {
        RequestHeadReader reader = new RequestHeadReader(LONGEST, 4);
        byte[] bytes = bytes("GET / HTTP/1.1>Host: a>X: " + "x".repeat(LONGEST));

        assertThat(reader.read(ByteBuffer.wrap(bytes), 0, LONGEST - 1)).isEqualTo(Progress.MORE);
        assertThat(reader.read(ByteBuffer.wrap(bytes), 0, LONGEST)).isEqualTo(Progress.REFUSED);
        assertThat(reader.flaw()).isEqualTo(Flaw.TOO_LONG);
    }

    @Test
    void fieldsAreFoundWhereTheyLie() {
        RequestHeadReader reader = new RequestHeadReader(LONGEST, 4);
        ByteBuffer buffer = ByteBuffer.wrap(bytes("...GET /a HTTP/1.1>hOST:  a \t>X-A:>>"));

        assertThat(reader.read(buffer, 3, buffer.limit())).isEqualTo(Progress.DONE);

        assertThat(reader.target()).isEqualTo("/a");
        assertThat(reader.length()).isEqualTo(buffer.limit() - 3);
        assertThat(reader.fields().field(0)).isEqualTo(FieldName.HOST);
        assertThat(reader.fields().value(0)).isEqualTo("a");
        assertThat(reader.fields().field(1)).isEqualTo(FieldName.OTHER);
        assertThat(reader.fields().name(1)).isEqualTo("X-A");
        assertThat(reader.fields().value(1)).isEmpty();
    }

    /** {@code >} is an end of line, {@code <} a bare line feed, {@code ^} a bare carriage return, {@code _} a NUL. */
    private static byte[] bytes(String text) {
        return text.replace(">", "\r\n")
                .replace("<", "\n")
                .replace("^", "\r")
                .replace("_", "\0")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
