package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that are gone, or go: what the client notices of it. */
class LostNodeTest {

    private static boolean hangUp(RawRequest request, OutputStream out) {
        return false;
    }

    @Test
    void aSessionWhoseNodeIsNotThereIsTakenOverAtItsFirstRequest() {
        try (RawNode n2 = RawNode.answering("n2", "Set-Cookie: JSESSIONID=new; Path=/");
                TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"), n2.node())) {
            RawResponse response = proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.values("Set-Cookie")).containsExactly("JSESSIONID=new.n2; Path=/");
            assertThat(n2.onlyRequest().values("Limpet-Route")).containsExactly("takeover;from=n1");
            assertThat(n2.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A");
        }
    }

    @Test
    void aBodyIsIntactWhenTheFirstNodeRefuses() {
        String body = "0123456789abcdef".repeat(100_000);
        try (RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"), n2.node())) {
            RawResponse response = proxy.post("/", body, "Cookie: JSESSIONID=4F2A.n1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(n2.onlyRequest().body()).isEqualTo(body);
        }
    }

    @Test
    void aChunkedBodyIsIntactWhenTheFirstNodeRefuses() {
        try (RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"), n2.node())) {
            RawResponse response = proxy.send(
                    "POST / HTTP/1.1",
                    "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
                    "Cookie: JSESSIONID=4F2A.n1",
                    "Transfer-Encoding: chunked");

            assertThat(response.status()).isEqualTo(200);
            assertThat(n2.onlyRequest().body()).isEqualTo("hello world");
        }
    }

    @Test
    void theFirstRequestAfterAKillIsAnsweredByAnotherNode() {
        for (int round = 0; round < 10; round++) {
            try (RawNode n1 = RawNode.answering("n1");
                    RawNode n2 = RawNode.answering("n2");
                    TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
                n1.kill();
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n2");
            }
        }
    }

    @Test
    void aKillUnderLoadCostsNoReadingRequest() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            ExecutorService clients = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Integer>> users = new ArrayList<>();
                for (int user = 0; user < 8; user++) {
                    users.add(() -> {
                        for (int i = 0; i < 100; i++) {
                            if (sent.incrementAndGet() == 300) {
                                n1.kill();
                            }
                            int status =
                                    proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status();
                            if (status != 200) {
                                return status;
                            }
                        }
                        return 200;
                    });
                }
                for (Future<Integer> user : clients.invokeAll(users)) {
                    assertThat(user.get()).isEqualTo(200);
                }
            } finally {
                clients.shutdownNow();
            }
            assertThat(n2.requests()).isNotEmpty();
        }
    }

    @Test
    void whenNobodyIsThereTheClientIsToldWhenToComeAgain() {
        try (TestProxy proxy = TestProxy.over(RawNode.nobodyAt("n1"), RawNode.nobodyAt("n2"))) {
            for (int i = 0; i < 3; i++) {
                RawResponse response = proxy.post("/", "body", "Cookie: JSESSIONID=4F2A.n1");

                assertThat(response.status()).isEqualTo(503);
                assertThat(response.values("Retry-After")).hasSize(1);
            }
        }
    }

    @Test
    void aNodeThatIsBackServesAtOnceWhenAllWereDown() {
        try (RawNode n1 = RawNode.answering("n1")) {
            int port = n1.node().uri().getPort();
            n1.kill();
            try (TestProxy proxy = TestProxy.over(n1.node())) {
                assertThat(proxy.get("/").status()).isEqualTo(503);
                try (RawNode back = RawNode.startAt(port, "n1")) {
                    assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body())
                            .isEqualTo("n1");
                    assertThat(back.onlyRequest().values("Limpet-Route")).containsExactly("owner");
                }
            }
        }
    }

    @Test
    void connectionsThatTheNodeClosesBehindItsAnswersCostNothing() {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                    return false;
                });
                TestProxy proxy = TestProxy.over(n1.node(), RawNode.nobodyAt("n2"))) {
            for (int i = 0; i < 300; i++) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status())
                        .isEqualTo(200);
            }
            assertThat(n1.requests())
                    .allSatisfy(request ->
                            assertThat(request.values("Limpet-Route")).containsExactly("owner"));
        }
    }

    @Test
    void aPostNeverLeavesOnAConnectionThatTheNodeHasClosed() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            for (int i = 0; i < 200; i++) {
                assertThat(proxy.post("/", "body").status()).as("request %d", i).isEqualTo(200);
                n1.closeConnections();
            }
            assertThat(n1.requests()).hasSize(200);
        }
    }

    @Test
    void aPostToANodeThatWasKilledIsTakenOver() {
        for (int round = 0; round < 20; round++) {
            try (RawNode n1 = RawNode.answering("n1");
                    RawNode n2 = RawNode.answering("n2");
                    TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
                assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
                n1.kill();
                assertThat(proxy.post("/", "body", "Cookie: JSESSIONID=4F2A.n1").body())
                        .isEqualTo("n2");
                assertThat(n2.onlyRequest().body()).isEqualTo("body");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "OPTIONS", "DELETE"})
    void anIdempotentRequestThatWasLostIsRepeatedOnTheSameNodeFirst(String method) {
        AtomicInteger calls = new AtomicInteger();
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    if (calls.incrementAndGet() == 1) {
                        return false;
                    }
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nn1");
                    return true;
                });
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse response = proxy.send(method + " / HTTP/1.1", "", "Cookie: JSESSIONID=4F2A.n1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(n1.requests()).hasSize(2);
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void anIdempotentRequestThatIsLostTwiceGoesToAnotherNode() {
        try (RawNode n1 = RawNode.start("n1", LostNodeTest::hangUp);
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n2");
            assertThat(n1.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get"})
    void aRequestThatMayHaveArrivedIsNotRepeated(String method) {
        try (RawNode n1 = RawNode.start("n1", LostNodeTest::hangUp);
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse response =
                    proxy.send(method + " / HTTP/1.1", "abcd", "Cookie: JSESSIONID=4F2A.n1", "Content-Length: 4");

            assertThat(response.status()).isEqualTo(502);
            assertThat(n1.requests()).hasSize(1);
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void aPutWhoseBodyIsOnItsWayIsNotRepeated() {
        try (RawNode n1 = RawNode.start("n1", LostNodeTest::hangUp);
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            RawResponse response =
                    proxy.send("PUT / HTTP/1.1", "abcd", "Cookie: JSESSIONID=4F2A.n1", "Content-Length: 4");

            assertThat(response.status()).isEqualTo(502);
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void aResponseThatBreaksOffIsCutForTheClientToo() {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    boolean chunked = request.line().contains("chunked");
                    RawNode.write(
                            out,
                            "HTTP/1.1 200 OK\r\n"
                                    + (chunked
                                            ? "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
                                            : "Content-Length: 10\r\n\r\nhello"));
                    return false;
                });
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            assertThat(proxy.get("/length", "Cookie: JSESSIONID=4F2A.n1").body())
                    .isEqualTo("hello");
            assertThat(proxy.get("/chunked", "Cookie: JSESSIONID=4F2A.n1").body())
                    .contains("hello")
                    .doesNotContain("0\r\n\r\n");
            assertThat(n2.requests()).isEmpty();
        }
    }

    @Test
    void aNodeThatStaysSilentIsAGatewayTimeoutAndNotRepeated() {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> true);
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(Duration.ofMillis(300), n1.node(), n2.node())) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").status()).isEqualTo(504);
            assertThat(n1.requests()).hasSize(1);
            assertThat(n2.requests()).isEmpty();
        }
    }
}
