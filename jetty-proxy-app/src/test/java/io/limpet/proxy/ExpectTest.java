package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that wait for the node's word, bodies that nobody wants, and answers that have none. */
class ExpectTest {

    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static String body(Socket connection) throws IOException {
        return new String(connection.getInputStream().readNBytes(5), java.nio.charset.StandardCharsets.US_ASCII);
    }

    @Test
    void theClientIsToldToGoOnWhenTheNodeSaysSoAndNotBefore() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore mayGoOn = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    arrived.release();
                    mayGoOn.acquireUninterruptibly();
                    SocketNode.write(connection, "HTTP/1.1 100 Continue\r\n\r\n");
                    SocketNode.write(connection, body(connection).equals("hello") ? OK : "no");
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(POST + "Expect: 100-continue\r\n\r\n");
            assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(client.hasBytes()).isFalse();
            mayGoOn.release();
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("hello").read().body()).isEqualTo("ok");
            assertThat(n1.heads().get(0)).contains("\r\nExpect: 100-continue\r\n");
        }
    }

    @Test
    void aRefusalReachesTheClientInPlaceOfTheWordToGoOn() throws IOException {
        try (SocketNode n1 = SocketNode.answering("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(POST + "Expect: 100-continue\r\n\r\n");
            // and nobody waits for a body that does not come
            assertThat(client.readAll()).startsWith("HTTP/1.1 401 ").doesNotContain("100 Continue");
        }
    }

    @Test
    void aNodeThatNeverSaysGoOnGetsTheBodyAfterASecond() throws IOException {
        try (SocketNode n1 = SocketNode.start(
                        "n1",
                        (head, connection) ->
                                SocketNode.write(connection, body(connection).equals("hello") ? OK : "no"));
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(POST + "Expect: 100-continue\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("hello").read().body()).isEqualTo("ok");
        }
    }

    @Test
    void theSecondBeginsWhenTheNodeHasTheHead() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore mayAnswer = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    if (head.startsWith("GET")) {
                        arrived.release();
                        mayAnswer.acquireUninterruptibly();
                        SocketNode.write(connection, OK);
                    } else {
                        SocketNode.write(connection, body(connection).equals("hello") ? OK : "no");
                    }
                });
                TestProxy proxy =
                        TestProxy.given(new GivenSettings().add(Setting.LIMIT_NODE_CONNECTIONS, "1", ""), n1.node());
                WireClient first = proxy.client();
                WireClient client = proxy.client()) {
            first.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            client.send(POST + "Expect: 100-continue\r\n\r\n");
            // it waits for the node's only connection for longer than that second
            Awaitility.await().pollDelay(1_500, TimeUnit.MILLISECONDS).until(() -> true);
            assertThat(client.hasBytes()).isFalse();
            mayAnswer.release();
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("hello").read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aNodeThatSaysForeverThatItWillAnswerIsGivenUp() throws IOException {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    while (!connection.isClosed()) {
                        SocketNode.write(connection, "HTTP/1.1 102 Processing\r\n\r\n".repeat(100));
                    }
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            // an old client hears nothing but the answer
            assertThat(client.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n").readAll())
                    .startsWith("HTTP/1.1 502 ");
        }
    }

    @Test
    void anAnswerBeforeTheEndOfALongBodyReachesTheClient() throws IOException {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(
                            connection,
                            "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 4\r\n\r\nmuch");
                    // with bytes unread: the proxy's next write is answered by a reset
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n" + "x".repeat(8_000_000));
            RawResponse response = client.read();
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEqualTo("much");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nX: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
            })
    void aHeadAloneIsNotSaidToBeEmpty(String answer) throws IOException {
        try (SocketNode n1 = SocketNode.answering(answer);
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                String head = client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("\r\n\r\n");
                if (head.startsWith("HTTP/1.1 103")) {
                    head = client.readUntil("\r\n\r\n");
                }
                assertThat(head).doesNotContain("Content-Length");
            }
            assertThat(n1.heads()).hasSize(3);
        }
    }

    @Test
    void a304KeepsTheLengthOfWhatItStandsFor() throws IOException {
        try (SocketNode n1 = SocketNode.answering("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.readUntil("\r\n\r\n")).contains("\r\nContent-Length: 5\r\n");
            }
        }
    }

    @Test
    void anOldClientGetsNeitherChunksNorWhatComesBeforeTheAnswer() throws IOException {
        String early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n";
        try (SocketNode n1 = SocketNode.answering(early + chunked);
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            String all = client.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n").readAll();
            assertThat(all).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nok").doesNotContain("chunked", "X-Sum");
        }
    }
}
