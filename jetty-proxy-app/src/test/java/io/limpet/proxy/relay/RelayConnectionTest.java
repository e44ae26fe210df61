package io.limpet.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayConnectionTest {

    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n";
    private static final String PLAIN = "GET /plain?a=b" + HOST + "\r\n";
    private static final String CHUNKED = "POST /c" + HOST + "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";

    private TwoLanes lanes = new TwoLanes();

    @AfterEach
    void stop() {
        lanes.close();
    }

    private void serving(Service service) {
        lanes.close();
        lanes = new TwoLanes(service);
    }

    @Test
    void plainRequestsAreServedOneAfterTheOther() throws IOException {
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, PLAIN, 1)).isEqualTo("fast GET /plain?a=b \n");
            assertThat(TwoLanes.talk(client, "PUT /p" + HOST + "Content-Length: 4\r\n\r\nbody", 1))
                    .isEqualTo("fast PUT /p body\n");
            assertThat(TwoLanes.talk(client, PLAIN + PLAIN + PLAIN, 3)).isEqualTo("fast GET /plain?a=b \n".repeat(3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a%20b" + HOST + "\r\n",
                "GET /a;jsessionid=1" + HOST + "\r\n",
                "GET /a/./b" + HOST + "\r\n",
                "GET /x HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n",
                "GET http://h/x" + HOST + "\r\n",
                "\r\nGET /x" + HOST + "\r\n",
                "GET /x" + HOST + "TE: trailers\r\n\r\n",
                "GET /x" + HOST + "Connection: Upgrade\r\nUpgrade: echo\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: [::1]\r\n\r\n",
                "DAV /x" + HOST + "\r\n",
                CHUNKED
            })
    void whatIsNotPlainIsTheOtherLanes(String request) throws IOException {
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, request, 1)).startsWith("other ");
        }
    }

    @Test
    void aRequestThatComesInPiecesIsTheOtherLanesFromItsFirstByteOn() throws IOException {
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, PLAIN, 1)).startsWith("fast");
            TwoLanes.say(client, "POST /pieces" + HOST + "Content-Length: 6\r\n\r\nfi");
            lanes.awaitHandOver();
            assertThat(TwoLanes.talk(client, "nish", 1)).isEqualTo("other POST /pieces finish\n");
        }
    }

    @Test
    void nothingOfALongRequestIsLostOnItsWayToTheOtherLane() throws IOException {
        String body = "0123456789".repeat(100_000);
        try (Socket client = lanes.connect()) {
            String said = "POST /long" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            assertThat(TwoLanes.talk(client, said, 1)).isEqualTo("other POST /long " + body + "\n");
        }
    }

    @Test
    void theConnectionComesBackBehindARequestThatIsNotPlain() throws IOException {
        try (Socket client = lanes.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(TwoLanes.talk(client, CHUNKED, 1)).isEqualTo("other POST /c hi\n");
                assertThat(TwoLanes.talk(client, PLAIN, 1)).isEqualTo("fast GET /plain?a=b \n");
            }
        }
    }

    @Test
    void requestsInOneWriteAreAnsweredInTheirOrderWhateverTheirLane() throws IOException {
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, PLAIN + CHUNKED + PLAIN + CHUNKED, 4))
                    .contains("GET /plain?a=b \nother POST /c hi\n")
                    .hasLineCount(4);
        }
    }

    @Test
    void requestsAreCountedOnBothLanes() throws Exception {
        serving((request, response) -> TwoLanes.write(
                response,
                connection(request).getConnection().getMessagesIn() + "\n",
                Callback.from(request::giveBack)));
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, PLAIN, 1)).isEqualTo("1\n");
            TwoLanes.talk(client, CHUNKED, 1);
            assertThat(TwoLanes.talk(client, PLAIN, 1)).isEqualTo("3\n");
        }
    }

    private static ConnectionMetaData connection(RelayedRequest request) {
        return request.getConnectionMetaData();
    }

    @Test
    void aRequestThatCannotBeServedEndsItsConnectionAndNoOther() throws Exception {
        serving((request, response) -> {
            if (request.getHttpURI().getPath().equals("/error")) {
                throw new StackOverflowError("a defect");
            }
            TwoLanes.write(response, "well\n", Callback.from(request::giveBack));
        });
        try (Socket other = lanes.connect();
                Socket client = lanes.connect()) {
            TwoLanes.say(client, "GET /error" + HOST + "\r\n");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(TwoLanes.talk(other, PLAIN, 1)).isEqualTo("well\n");
        }
    }

    @Test
    void aClientThatLeavesIsToldOfOnceItIsWatched() throws Exception {
        CompletableFuture<RelayedRequest> asked = new CompletableFuture<>();
        CompletableFuture<Throwable> left = new CompletableFuture<>();
        serving((request, response) -> {
            request.onLeaving(left::complete);
            asked.complete(request);
        });
        try (Socket client = lanes.connect()) {
            TwoLanes.say(client, PLAIN);
            RelayedRequest request = asked.get(20, TimeUnit.SECONDS);
            client.shutdownOutput();
            awaitTold(request, left);
            request.cut();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void awaitTold(RelayedRequest request, CompletableFuture<Throwable> left) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            request.watch();
            return left.isDone();
        });
    }

    @Test
    void aClientThatHasSaidAllOfItsRequestsWaitsForTheAnswers() throws Exception {
        CompletableFuture<Runnable> answer = new CompletableFuture<>();
        serving((request, response) ->
                answer.complete(() -> TwoLanes.write(response, "late\n", Callback.from(request::giveBack))));
        try (Socket client = lanes.connect()) {
            TwoLanes.say(client, PLAIN);
            client.shutdownOutput();
            answer.get(20, TimeUnit.SECONDS).run();
            assertThat(TwoLanes.readUntil(client, "late\n")).endsWith("late\n");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void theLastResponseIsNotLostToBytesThatNobodyReads() throws Exception {
        try (Socket client = lanes.connect()) {
            String last = "GET /last" + HOST + "Connection: close\r\n\r\n";
            TwoLanes.say(client, last + PLAIN.repeat(1_000));
            assertThat(TwoLanes.readUntil(client, "fast GET /last \n")).contains("Connection: close");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }
}
