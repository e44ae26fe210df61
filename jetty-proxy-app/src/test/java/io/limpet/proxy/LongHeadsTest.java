package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import io.limpet.proxy.tls.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** 30 KB of head pass where they may, and are refused where not, in whichever version and direction. */
class LongHeadsTest {

    private static final String LONG = "x".repeat(30_000);

    private static final TestCertificate SHOP = TestCertificate.shared();

    /** Where the 30 KB are. */
    enum Where {
        REQUEST,
        RESPONSE,
        TARGET
    }

    private static TestProxy proxy(int limit, RawNode node) {
        return TestProxy.behind(TestInbound.overTls(SHOP), TestSettings.limits(limit), node.node());
    }

    /** What a client sees of it. */
    private record Seen(int status, List<String> longFields) {}

    private static Seen ask(TestProxy proxy, HttpClient.Version version, Where where) throws Exception {
        String target = where == Where.TARGET ? "/?" + LONG : "/";
        if (version == HttpClient.Version.HTTP_1_1) {
            RawResponse response = where == Where.REQUEST ? proxy.get(target, "X-Long: " + LONG) : proxy.get(target);
            return new Seen(response.status(), response.values("X-Long"));
        }
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(SHOP))
                .build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + proxy.tlsPort() + target));
        if (where == Where.REQUEST) {
            request.header("X-Long", LONG);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(version);
        return new Seen(response.statusCode(), response.headers().allValues("X-Long"));
    }

    @ParameterizedTest
    @CsvSource({
        "8192,  HTTP_1_1, REQUEST,  431",
        "8192,  HTTP_1_1, RESPONSE, 502",
        "8192,  HTTP_1_1, TARGET,   414",
        "8192,  HTTP_2,   RESPONSE, 502",
        "65536, HTTP_1_1, REQUEST,  200",
        "65536, HTTP_1_1, RESPONSE, 200",
        "65536, HTTP_1_1, TARGET,   200",
        "65536, HTTP_2,   REQUEST,  200",
        "65536, HTTP_2,   RESPONSE, 200",
        "65536, HTTP_2,   TARGET,   200"
    })
    void aHeadOf30KilobytesPassesWhereItMay(int limit, HttpClient.Version version, Where where, int status)
            throws Exception {
        try (RawNode node =
                        where == Where.RESPONSE ? RawNode.answering("n1", "X-Long: " + LONG) : RawNode.answering("n1");
                TestProxy proxy = proxy(limit, node)) {
            Seen seen = ask(proxy, version, where);

            assertThat(seen.status()).isEqualTo(status);
            boolean arrives = status == 200 || where == Where.RESPONSE;
            assertThat(node.requests()).hasSize(arrives ? 1 : 0);
            if (status == 200) {
                switch (where) {
                    case REQUEST ->
                        assertThat(node.onlyRequest().values("X-Long")).containsExactly(LONG);
                    case RESPONSE -> assertThat(seen.longFields()).containsExactly(LONG);
                    case TARGET -> assertThat(node.onlyRequest().line()).isEqualTo("GET /?" + LONG + " HTTP/1.1");
                }
            }
        }
    }

    /** The block has to be unpacked to its end for the next one to be understood (RFC 7541 §2.2), and nobody does that. */
    @ParameterizedTest
    @EnumSource(
            value = Where.class,
            names = {"REQUEST", "TARGET"})
    void overHttp2TheConnectionEndsWithALongerHeadOfARequest(Where where) throws Exception {
        String[] fields =
                where == Where.REQUEST ? Frame.with(Frame.GET, "x-long", LONG) : Frame.request("GET", "/?" + LONG);
        byte[] block = Frame.block(fields);
        byte[] first = Arrays.copyOf(block, 16 * 1024);
        byte[] rest = Arrays.copyOfRange(block, first.length, block.length);
        try (RawNode node = RawNode.answering("n1");
                TestProxy proxy = proxy(8192, node);
                FrameClient client = FrameClient.open(proxy.port(), Duration.ofSeconds(20))) {
            client.send(
                    new Frame(Frame.HEADERS, Frame.END_STREAM, 1, first),
                    new Frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, rest));

            Optional<Frame> last = client.await(frame -> frame.type() == Frame.GOAWAY);
            assertThat(last).isPresent();
            assertThat(node.requests()).isEmpty();
        }
    }
}
