package io.limpet.proxy.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http1.Progress;
import io.limpet.proxy.http1.RequestHeadReader;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedFieldsTest {

    private final RequestHeadReader head = new RequestHeadReader(10_000, 100);

    /** The second field of such a head, which lies somewhere in a buffer of its own. */
    private HttpField read(String line) {
        String text = "GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.allocateDirect(text.length() + 7).position(7);
        bytes.put(text.getBytes(ISO_8859_1)).position(7);
        head.begin();
        assertThat(head.read(bytes, 7, bytes.limit())).isEqualTo(Progress.DONE);
        return RepeatedFields.of(head.fields()).getField(1);
    }

    @Test
    void aLineThatComesAgainIsTheSameField() {
        HttpField first = read("User-Agent: Mozilla/5.0 (X11)");
        assertThat(read("User-Agent: Mozilla/5.0 (X11)")).isSameAs(first);
    }

    @Test
    void soItIsOnAnotherConnection() {
        HttpField first = read("User-Agent: Mozilla/5.0 (X12)");
        assertThat(new RepeatedFieldsTest().read("User-Agent: Mozilla/5.0 (X12)"))
                .isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Basic dTpw",
                "authorization: Bearer abc",
                "Proxy-Authorization: Basic dTpw",
                "X-Api-Key: 12345",
                "X-Auth-Token: 12345",
                "X-CSRF-Token: 12345",
                "X-Session-Id: 12345",
                "X-Amz-Credential: 12345",
                "Sec-WebSocket-Protocol: bearer.abc",
                "Location: /in?code=12345",
                "Referer: https://shop.example/reset/12345",
                "Set-Cookie: a=b",
                "Cookie: a=b"
            })
    void whatMayBeASecretIsNotKept(String line) {
        assertThat(read(line)).isNotSameAs(read(line)).isEqualTo(read(line));
    }

    @Test
    void spacesAreNoPartOfAValue() {
        assertThat(read("User-Agent:Mozilla/6.0  ").getValue()).isEqualTo("Mozilla/6.0");
        assertThat(read("User-Agent:   Mozilla/6.0").getValue()).isEqualTo("Mozilla/6.0");
        assertThat(read("User-Agent: Mozilla/6.0").getValue()).isEqualTo("Mozilla/6.0");
    }

    @Test
    void linesWithTheSameEndsAreTwo() {
        for (int i = 100; i < 1_000; i++) {
            assertThat(read("X-Some: 0123" + i + "01234567").getValue()).isEqualTo("0123" + i + "01234567");
        }
    }

    @Test
    void theShortestLinesAreReadToo() {
        assertThat(read("a:").getValue()).isEmpty();
        assertThat(read("b: c").getValue()).isEqualTo("c");
        assertThat(read("b: c")).isSameAs(read("b: c"));
    }

    @Test
    void anotherValueIsAnotherField() {
        read("Accept: text/html");
        assertThat(read("Accept: text/htm").getValue()).isEqualTo("text/htm");
        assertThat(read("Accept: text/html;").getValue()).isEqualTo("text/html;");
        assertThat(read("Accept: text/htmL;").getValue()).isEqualTo("text/htmL;");
    }

    @Test
    void aNameKeepsItsLetters() {
        read("Accept: text/html");
        assertThat(read("accept: text/html").getName()).isEqualTo("accept");
        assertThat(read("ACCEPT: text/plain").getName()).isEqualTo("ACCEPT");
    }

    @Test
    void aCookieIsOneHoweverItIsWritten() {
        HttpField cookie = read("cookie: a=b");
        assertThat(cookie.getHeader()).isEqualTo(HttpHeader.COOKIE);
        assertThat(cookie.getName()).isEqualTo("cookie");
        assertThat(read("Cookie: c=d").getName()).isEqualTo("Cookie");
        assertThat(read("Cookie: c=d").getValue()).isEqualTo("c=d");
    }
}
