package io.limpet.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBytesTest {

    private static String head(String method, String target, Content.@Nullable Source body, HttpField... fields) {
        OutgoingRequest request = OutgoingRequest.of(
                method,
                target,
                HttpFields.from(fields),
                body,
                new OutgoingRequest.Traits(body != null, false, false, false));
        return BufferUtil.toString(request.head(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyByteIsWrittenAsItCameAndInItsOrder() {
        HttpField[] fields = {
            new HttpField("x-lower", "\u00fc\u00ff \t;\"=, {}"),
            new HttpField("Host", "h"),
            new HttpField("X-Empty", ""),
            new HttpField("x-lower", "a".repeat(5_000))
        };
        assertThat(head("Report", "/a;b?{}|\"%zz", null, fields))
                .isEqualTo(
                        "Report /a;b?{}|\"%zz HTTP/1.1\r\nx-lower: \u00fc\u00ff \t;\"=, {}\r\nHost: h\r\nX-Empty: \r\nx-lower: "
                                .concat("a".repeat(5_000) + "\r\n\r\n"));
    }

    @Test
    void aBodyOfUnknownLengthIsSaidToBeChunked() {
        assertThat(head("POST", "/", new ByteBufferContentSource()))
                .isEqualTo("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "a\u0000b", "a\u007fb", "a\u010ab", "\u0001"})
    void aValueThatWouldEndItsLineIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> head("GET", "/", null, new HttpField("X", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b", "a\r\nb", "", "\u00e4", "a\u0000"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> head("GET", "/", null, new HttpField(name, "x")));
        assertThatIllegalArgumentException().isThrownBy(() -> head(name, "/", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ HTTP/1.1\r\nX: y", "/a b", "/\t", "/\u0000", "/\u007f"})
    void aTargetThatWouldEndTheRequestLineIsRefused(String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> head("GET", target, null));
    }
}
