package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes that are gone, or go: what the client notices of it. */
class LostNodeTest {

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
    void aChunkedResponseThatBreaksOffIsCutForTheClientToo() {
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                    return false;
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            assertThat(proxy.get("/").body()).contains("hello").doesNotContain("0\r\n\r\n");
        }
    }
}
