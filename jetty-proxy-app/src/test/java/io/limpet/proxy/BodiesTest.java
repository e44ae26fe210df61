package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in both directions, what comes before an answer, and clients that do not keep to the rules. */
class BodiesTest {

    @Test
    void eventsReachTheClientWhileTheResponseGoesOn() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
                    await(seen);
                    RawNode.write(out, "data: two\n\n");
                    return false;
                });
                TestProxy proxy = TestProxy.over(n1.node());
                Socket client = proxy.connect()) {
            RawNode.write(client.getOutputStream(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            readUntil(client.getInputStream(), "data: one\n\n");
            seen.countDown();
            readUntil(client.getInputStream(), "data: two\n\n");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the client has not seen the first event");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().contains(end)) {
            int next = in.read();
            assertThat(next).as("end of stream after '%s'", text).isNotNegative();
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void largeBodiesPassUnchangedBothWays() {
        String body = "0123456789abcdef\u00ff".repeat(180_000);
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(
                            out,
                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                    + request.body().length() + "\r\n\r\n" + request.body());
                    return true;
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.post("/", body).body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 Whatever\r\nContent-Length: 0\r\n\r\n"
            })
    void answersOfEveryKindPass(String answer) {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, answer);
                    return true;
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            int last = answer.lastIndexOf("HTTP/1.1 ") + 9;
            int status = Integer.parseInt(answer.substring(last, last + 3));
            for (int i = 0; i < 3; i++) {
                assertThat(proxy.get("/").status()).isEqualTo(status);
            }
            assertThat(n1.requests()).hasSize(3);
        }
    }

    @Test
    void aHeadOf30KilobytesPasses() {
        try (RawNode n1 = RawNode.answering("n1", "X-Long: " + "x".repeat(30_000));
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/").values("X-Long").get(0)).hasSize(30_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"
            })
    void whatIsNoAnswerIsABadGatewayAndNotRepeated(String answer) {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, answer);
                    return false;
                });
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status()).isEqualTo(502);
            assertThat(n1.requests()).hasSize(1);
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void aHeadRequestHasTheLengthAndNoBody() {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                    return true;
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            RawResponse response = proxy.send("HEAD / HTTP/1.1", "");

            assertThat(response.values("Content-Length")).containsExactly("5");
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node());
                Socket client = proxy.connect()) {
            RawNode.write(
                    client.getOutputStream(),
                    "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            readUntil(client.getInputStream(), "HTTP/1.1 100 Continue\r\n\r\n");
            RawNode.write(client.getOutputStream(), "hello");
            readUntil(client.getInputStream(), "\r\n\r\nn1");

            assertThat(n1.onlyRequest().body()).isEqualTo("hello");
        }
    }

    @Test
    void anAnswerThatComesBeforeTheWholeRequestPasses() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node());
                Socket client = proxy.connect()) {
            n1.refuseBodies();
            RawNode.write(client.getOutputStream(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nabc");
            readUntil(client.getInputStream(), "HTTP/1.1 413 ");
        }
    }

    @Test
    void aConnectionOfTheClientServesManyRequests() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node());
                Socket client = proxy.connect()) {
            for (int i = 0; i < 50; i++) {
                RawNode.write(client.getOutputStream(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
                readUntil(client.getInputStream(), "\r\n\r\nn1");
            }
            assertThat(n1.requests()).hasSize(50);
        }
    }

    @Test
    void aMalformedBodyIsTheClientsMistake() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            RawResponse response = proxy.send("POST / HTTP/1.1", "5\r\nhello\r\nXYZ\r\n", "Transfer-Encoding: chunked");

            assertThat(response.status()).isEqualTo(400);
            assertThat(proxy.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatStopsInTheMiddleOfItsBodyIsTold() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(Duration.ofMillis(300), n1.node());
                Socket client = proxy.connect()) {
            RawNode.write(client.getOutputStream(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc");
            String line = readUntil(client.getInputStream(), "\r\n");

            assertThat(line).matches("HTTP/1.1 (408|504) .*\\s*");
            assertThat(proxy.get("/").body()).isEqualTo("n1");
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyHarmsNobody() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (Socket client = proxy.connect()) {
                RawNode.write(client.getOutputStream(), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\nabc");
                client.setSoLinger(true, 0);
            }
            assertThat(proxy.get("/").body()).isEqualTo("n1");
        }
    }

    @Test
    void trailersPassInBothDirections() throws IOException {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        String sum = "0\r\nX-Sum: 1, \"2\"\r\n\r\n";
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    if (head.startsWith("POST ")) {
                        bodies.add(SocketNode.readUntil(connection.getInputStream(), "\r\n\r\n"));
                    }
                    SocketNode.write(
                            connection,
                            "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n" + sum);
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readUntil(sum)).contains("\r\nTrailer: X-Sum\r\n", "\r\n2\r\nhi\r\n");
            String hash = "2\r\nab\r\n0\r\nX-Hash: 7\r\n\r\n";
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTrailer: X-Hash\r\nTransfer-Encoding: chunked\r\n\r\n" + hash);
            client.readUntil(sum);
            assertThat(bodies).containsExactly(hash);
        }
    }
}
