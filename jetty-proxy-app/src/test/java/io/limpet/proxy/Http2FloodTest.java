package io.limpet.proxy;

import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.http2.Http2Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Floods in HTTP/2's own ways: their connections end, memory is bounded, and an honest client is served meanwhile. */
class Http2FloodTest {

    private static final int FLOODS = 10;
    private static final int UNITS = 1_000;
    private static final int NO_ERROR = 0;
    private static final int REFUSED_STREAM = 7;
    private static final int ENHANCE_YOUR_CALM = 11;

    private final RawNode node = RawNode.answering("n1");

    @AfterEach
    void end() {
        node.close();
    }

    private static FrameClient connect(TestProxy proxy) throws IOException {
        return FrameClient.open(proxy.port(), Duration.ofSeconds(20));
    }

    private static void honestClientIsServed(TestProxy proxy) throws IOException {
        assertThat(proxy.get("/").body()).isEqualTo("n1");
        try (FrameClient client = connect(proxy)) {
            assertThat(client.send(Frame.get(1)).answer(1).body()).isEqualTo("n1");
        }
    }

    private static Arguments flood(String name, IntFunction<List<Frame>> unit) {
        return arguments(name, unit);
    }

    /** What is sent again and again, and how often so far. */
    static Stream<Arguments> floods() {
        byte[] full = new byte[16_384];
        return Stream.of(
                flood("rapid reset (CVE-2023-44487)", i -> List.of(Frame.get(2 * i + 1), Frame.reset(2 * i + 1, 8))),
                flood(
                        "made you reset (CVE-2025-8671)",
                        i -> List.of(headers(2 * i + 1, false, request("POST", "/")), Frame.window(2 * i + 1, 0))),
                flood("settings", i -> List.of(Frame.settings())),
                flood("pings", i -> List.of(Frame.ping("12345678"))),
                flood(
                        "continuations (CVE-2024-24549)",
                        i -> List.of(new Frame(
                                i == 0 ? Frame.HEADERS : Frame.CONTINUATION,
                                0,
                                1,
                                i == 0 ? Frame.block(Frame.GET) : full))),
                flood(
                        "empty continuations",
                        i -> List.of(new Frame(i == 0 ? Frame.HEADERS : Frame.CONTINUATION, 0, 1, new byte[0]))),
                flood(
                        "empty data (CVE-2019-9518)",
                        i -> List.of(i == 0 ? headers(1, false, request("POST", "/")) : Frame.data(1, false, ""))),
                flood(
                        "priorities (CVE-2019-9513)",
                        i -> List.of(new Frame(Frame.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 9}))),
                flood("unknown frames", i -> List.of(new Frame(0x77, 0, 0, new byte[8]))),
                flood("malformed requests", i -> List.of(headers(2 * i + 1, true, "X", "y"))));
    }

    private static byte[] bytes(IntFunction<List<Frame>> unit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < UNITS; i++) {
            unit.apply(i).forEach(frame -> all.writeBytes(frame.bytes()));
        }
        return all.toByteArray();
    }

    @Test
    void aBodyThatDoesNotComeKeepsNoNodeWaiting() throws IOException {
        GivenSettings hasty = new GivenSettings().add(Setting.LIMIT_HEAD_TIME, "1s", "");
        try (TestProxy proxy = TestProxy.given(hasty, node.node());
                FrameClient client = connect(proxy)) {
            client.send(headers(1, false, request("POST", "/")), Frame.data(1, false, "a"));

            assertThat(client.answer(1).status()).isEqualTo(408);
        }
    }

    @Test
    void theRestOfABodyThatIsAnsweredEarlyIsNotWaitedForWithoutEnd() throws IOException {
        GivenSettings hasty = new GivenSettings().add(Setting.LIMIT_HEAD_TIME, "1s", "");
        try (SocketNode early = SocketNode.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                TestProxy proxy = TestProxy.given(hasty, early.node());
                FrameClient client = connect(proxy)) {
            client.send(headers(1, false, request("POST", "/")), Frame.data(1, false, "a"));

            assertThat(client.answer(1).body()).isEqualTo("ok");
            assertThat(client.await(frame -> frame.type() == Frame.RST_STREAM))
                    .map(Frame::code)
                    .hasValue(NO_ERROR);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void aFloodsConnectionsEndAndAnHonestClientIsServed(String name, IntFunction<List<Frame>> unit) throws IOException {
        byte[] flood = bytes(unit);
        List<FrameClient> clients = new ArrayList<>();
        try (TestProxy proxy = TestProxy.over(node.node())) {
            honestClientIsServed(proxy);
            MemoryGrowth memory = new MemoryGrowth();
            for (int i = 0; i < FLOODS; i++) {
                FrameClient client = connect(proxy);
                clients.add(client);
                client.raw(flood);
                if (i % 4 == 0) {
                    memory.look();
                }
            }
            honestClientIsServed(proxy);
            for (FrameClient client : clients) {
                // a reset may overtake the word
                Optional<Frame> last = client.await(frame -> frame.type() == Frame.GOAWAY);
                assertThat(last.map(Frame::code).orElse(ENHANCE_YOUR_CALM))
                        .as(name)
                        .isNotZero();
            }
            memory.isBounded();
            assertThat(node.requests().size()).as(name).isLessThan(FLOODS * 300);
            honestClientIsServed(proxy);
        } finally {
            for (FrameClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whoSendsNoMoreThanTheLimitIsLeftInPeace() throws IOException {
        try (TestProxy proxy = TestProxy.behind(TestInbound.with(Setting.LIMIT_EVENTS, "30"), node.node());
                FrameClient client = connect(proxy)) {
            for (int i = 0; i < 20; i++) {
                client.send(Frame.ping("12345678"));
            }
            assertThat(client.isAlive()).isTrue();
            for (int i = 0; i < 20; i++) {
                client.send(Frame.ping("12345678"));
            }
            assertThat(client.isAlive()).isFalse();
        }
    }

    @Test
    void aConnectionBringsSoManyRequestsAndNoMore() throws IOException {
        GivenSettings three = new GivenSettings().add(Setting.LIMIT_REQUESTS, "3", "");
        try (TestProxy proxy = TestProxy.given(three, node.node());
                FrameClient client = connect(proxy)) {
            List<Integer> seen = new ArrayList<>();
            client.send(Frame.get(1), Frame.get(3), Frame.get(5));
            while (seen.size() < 4) {
                Frame frame = client.next().orElseThrow();
                if (frame.type() == Frame.GOAWAY || frame.payload().length == "n1".length()) {
                    seen.add(frame.type());
                }
            }
            assertThat(seen).containsExactlyInAnyOrder(Frame.DATA, Frame.DATA, Frame.DATA, Frame.GOAWAY);

            client.send(Frame.get(7), Frame.ping("is there"));
            assertThat(client.await(frame -> frame.type() == Frame.PING)).isPresent();
            assertThat(node.requests()).hasSize(3);
        }
    }

    @Test
    void oneStreamTooManyIsRefusedAndTheOthersGoOn() throws IOException {
        Semaphore go = new Semaphore(0);
        try (SocketNode waiting = SocketNode.start("n1", (head, connection) -> {
                    go.acquireUninterruptibly();
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                });
                TestProxy proxy = TestProxy.behind(TestInbound.with(Setting.LIMIT_STREAMS, "3"), waiting.node());
                FrameClient client = connect(proxy)) {
            client.send(Frame.get(1), Frame.get(3), Frame.get(5), Frame.get(7));
            assertThat(client.answer(7).reset()).isEqualTo(REFUSED_STREAM);
            go.release(3);
            for (int i = 0; i < 3; i++) {
                assertThat(client.await(frame -> frame.type() == Frame.DATA && frame.payload().length > 0))
                        .isPresent();
            }
        }
    }

    /** A few bytes on the wire, a megabyte in memory: each refers to a long field that was sent once (RFC 7541 §7.3). */
    @Test
    void aHeadThatIsSmallOnlyOnTheWireIsRefused() throws IOException {
        byte[] indexed = Frame.block("x-bomb", "b".repeat(3_500));
        indexed[0] = 0x40; // remembered
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(Frame.block(Frame.GET));
        block.writeBytes(indexed);
        for (int i = 0; i < 2_000; i++) {
            block.write(0x80 | 62);
        }
        try (TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            Http2Answer answer = client.send(
                            new Frame(Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, 1, block.toByteArray()))
                    .answer(1);

            assertThat(answer.status()).isIn(0, 431);
            assertThat(node.requests()).isEmpty();
            honestClientIsServed(proxy);
        }
    }

    @Test
    void aHeadWithTooManyFieldsIsRefused() throws IOException {
        String[] fields = Stream.concat(
                        Stream.of(Frame.GET), Stream.generate(() -> "x").limit(500))
                .toArray(String[]::new);
        try (TestProxy proxy = TestProxy.over(node.node());
                FrameClient client = connect(proxy)) {
            assertThat(client.send(headers(1, true, fields)).answer(1).status()).isEqualTo(431);
            assertThat(node.requests()).isEmpty();
        }
    }
}
