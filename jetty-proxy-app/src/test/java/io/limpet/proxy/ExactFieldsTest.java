package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of header fields keep their bytes, and fields their order, end to end. */
class ExactFieldsTest {

    /** Names in small letters, which HTTP/2 asks for; none that is known, of which the capitals may change. */
    private static final String[] FIELDS = {
        "x-a", "one",
        "x-json", "{\"a\":[1,2],\"b\":\"c, d\"}",
        "x-a", "two, three",
        "x-latin", "\u00fc\u00ff  two \u0080",
        "x-empty", "",
        "x-json", "{}|\"\\",
        "x-a", "W/\"a,b\";q=\"x\\\"y\"",
        "x-tab", "a\tb"
    };

    private static String[] lines(String[] fields, String between) {
        String[] lines = new String[fields.length / 2];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (fields[2 * i] + between + fields[2 * i + 1]).stripTrailing();
        }
        return lines;
    }

    private static List<String> unknownFields(RawRequest request) {
        return request.headers().stream()
                .filter(line -> line.startsWith("x-") && !line.startsWith("x-forwarded-"))
                .map(String::stripTrailing)
                .toList();
    }

    @Test
    void valuesOfTheRequestKeepTheirBytesAndTheirOrder() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/", lines(FIELDS, ": ")).status()).isEqualTo(200);
            assertThat(unknownFields(n1.onlyRequest())).containsExactly(lines(FIELDS, ": "));
        }
    }

    @Test
    void soDoTheyOverHttp2() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node());
                FrameClient client = FrameClient.open(proxy.port(), Duration.ofSeconds(20))) {
            client.send(Frame.headers(1, true, Frame.with(Frame.GET, FIELDS)));
            assertThat(client.answer(1).status()).isEqualTo(200);
            assertThat(unknownFields(n1.onlyRequest())).containsExactly(lines(FIELDS, ": "));
        }
    }

    @Test
    void valuesOfTheResponseKeepTheirBytesAndTheirOrder() {
        String[] lines = {
            "Content-Type: text/html;charset=UTF-8; x=\"y\"",
            "Content-Disposition: attachment; filename=\"a, b.txt\"",
            "WWW-Authenticate: Basic realm=\"a, b\", Digest realm=\"c\"",
            "Link: </a>; rel=\"x, y\", </b>",
            "X-Json: {\"a\":[1,2],\"b\":\"c, d\"}",
            "Vary: Accept",
            "Vary: Cookie",
            "Server: tomcat",
            "ETag: W/\"a,b\""
        };
        try (RawNode n1 = RawNode.answering("n1", lines);
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/").headers()).containsSubsequence(lines);
        }
    }
}
