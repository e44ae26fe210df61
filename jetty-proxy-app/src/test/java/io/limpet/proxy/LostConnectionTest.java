package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Connections that are lost before an answer, many times over; {@link RetryTableTest} has the cases one by one. */
class LostConnectionTest {

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

    @Test
    void anIdempotentRequestThatIsLostOnANewConnectionTooGoesToAnotherNode() {
        AtomicInteger calls = new AtomicInteger();
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    if (calls.incrementAndGet() > 1) {
                        return false;
                    }
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nn1");
                    return true;
                });
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n1");
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").body()).isEqualTo("n2");
            assertThat(n1.requests()).hasSize(3);
        }
    }

    /** To HTTP/1.0 the end of the connection is that of the body. */
    @Test
    void anOldClientDoesNotTakeAPartForTheWhole() throws IOException {
        Semaphore mayEnd = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n");
                    mayEnd.acquireUninterruptibly();
                    connection.close();
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n").readUntil("part");
            mayEnd.release();
            assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        }
    }
}
