package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("access.log");
    }

    private GivenSettings logging(String format) {
        return new GivenSettings()
                .add(Setting.ACCESS_LOG, file.toString(), "")
                .add(Setting.ACCESS_LOG_FORMAT, format, "");
    }

    private List<String> lines(int count) {
        await().until(() -> Files.exists(file) && Files.readAllLines(file).size() >= count);
        try {
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).hasSize(count);
            return lines;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aRequestIsOneObjectWithTheReasonOfItsChoiceAndWithoutItsSession() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("json"), n1.node())) {
            proxy.get(
                    "/cart;jsessionid=SECRET.n1?x=1",
                    "Cookie: JSESSIONID=4F2A.n1",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

            JsonNode line = new ObjectMapper().readTree(lines(1).get(0));
            assertThat(line.path("path").asText()).isEqualTo("/cart;jsessionid=*?x=1");
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("bytes").asInt()).isEqualTo(2);
            assertThat(line.path("node").asText()).isEqualTo("n1");
            assertThat(line.path("reason").asText()).isEqualTo("owner");
            assertThat(line.path("ms").asDouble()).isPositive();
            // printf %s 4F2A | sha256sum | cut -c1-12
            assertThat(line.path("session").asText()).isEqualTo("fdc71f6320e4");
            assertThat(line.path("traceparent").asText()).startsWith("00-4bf92f");
            assertThat(line.toString()).doesNotContain("4F2A.", "SECRET");
            assertThat(n1.onlyRequest().values("traceparent"))
                    .containsExactly("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        }
    }

    @Test
    void aTakeoverNamesTheNodeThatWasLostAndARefusalNoNode() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("json"), n1.node(), RawNode.nobodyAt("n2"))) {
            proxy.get("/", "Cookie: JSESSIONID=4F2A.n2");
            proxy.get("/limpet/status");

            // a line is written when the request is over, which may be after the next one has come
            assertThat(lines(2))
                    .anySatisfy(line ->
                            assertThat(line).contains("\"reason\":\"takeover\"", "\"node\":\"n1\"", "\"from\":\"n2\""))
                    .anySatisfy(line -> assertThat(line)
                            .contains("\"reason\":\"refused\"", "\"status\":404")
                            .doesNotContain("\"node\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "json,     '\"method\":\"CONNECT\"', '\"path\":\"/chat?a=b\",\"protocol\":\"HTTP/2.0\",\"status\":200'",
        "combined, '\"CONNECT /chat?a=b HTTP/2.0\"', ' 200 0 '"
    })
    void aWebSocketInAStreamIsTheConnectThatItsClientHasWritten(String format, String request, String rest)
            throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", WebSocketStreamTest::echo);
                TestProxy proxy = TestProxy.given(logging(format), n1.node())) {
            try (FrameClient client = FrameClient.open(proxy.port(), Duration.ofSeconds(20))) {
                client.send(Frame.headers(1, false, WebSocketStreamTest.ASKED));
                client.await(frame -> frame.type() == Frame.HEADERS);
            }
            assertThat(lines(1).get(0)).contains(request, rest);
        }
    }

    @Test
    void aClientCanBreakNeitherLineNorQuotation() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("combined"), n1.node())) {
            proxy.get(
                    "/a",
                    "User-Agent: x\" 200 0 \"-\" \"\\\u00e9",
                    "Referer: http://shop.example/b;jsessionid=4F2A.n1?c",
                    "Cookie: JSESSIONID=4F2A.n1");

            assertThat(lines(1).get(0))
                    .matches("127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /a HTTP/1\\.1\" 200 2"
                            + " \"http://shop\\.example/b;jsessionid=\\*\\?c\" \"[^\"]+\" n1 owner [0-9a-f]{12} \\d+")
                    .contains("x\\x22 200");
        }
    }

    @Test
    void aFileThatIsMovedAwayIsBegunAnew() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("json"), n1.node())) {
            proxy.get("/before");
            lines(1);
            Files.move(file, folder.resolve("access.log.1"));
            await().until(() -> {
                proxy.get("/after");
                return Files.exists(file) && Files.readString(file).contains("/after");
            });
            assertThat(Files.readString(folder.resolve("access.log.1"))).contains("/before");
        }
    }

    @Test
    void aFileThatAnotherIsPutInPlaceOfIsOpenedAnew() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("json"), n1.node())) {
            proxy.get("/before");
            lines(1);
            Files.move(file, folder.resolve("access.log.1"));
            Files.createFile(file); // as logrotate's 'create' does

            proxy.get("/after");

            assertThat(lines(1).get(0)).contains("/after");
            assertThat(Files.readString(folder.resolve("access.log.1"))).contains("/before");
        }
    }

    @Test
    void whatIsOverWhileItCannotBeWrittenIsWrittenAfterwards() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        file = disk.resolve("access.log");
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(logging("json"), n1.node())) {
            proxy.get("/before");
            lines(1);
            Files.move(disk, folder.resolve("away"));
            proxy.get("/during");

            Files.createDirectory(disk);

            assertThat(lines(1).get(0)).contains("/during");
        }
    }
}
