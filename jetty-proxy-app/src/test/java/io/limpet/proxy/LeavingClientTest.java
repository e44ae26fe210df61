package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave before the end, and those that only look like it. */
class LeavingClientTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore told = new Semaphore(0);

    /** Says this, and no more until the other side has gone. */
    private SocketNode nodeThatWaitsBehind(String said) {
        return SocketNode.waitingBehind(said, arrived, told);
    }

    private static boolean comes(Semaphore permit) throws InterruptedException {
        return permit.tryAcquire(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\ndata: one\n\n"})
    void aClientThatLeavesIsPassedOnWithinASecondWhateverItHasGotSoFar(String said) throws Exception {
        try (SocketNode n1 = nodeThatWaitsBehind(said);
                TestProxy proxy = TestProxy.over(n1.node())) {
            for (boolean reset : new boolean[] {true, false}) {
                long left;
                try (WireClient client = proxy.client()) {
                    client.send(GET);
                    assertThat(comes(arrived)).isTrue();
                    if (reset) {
                        client.reset();
                    }
                    left = System.nanoTime();
                }
                assertThat(comes(told)).isTrue();
                // half of that is the patrol's; the rest is for machines that do something else meanwhile
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - left))
                        .isLessThan(4_000);
            }
        }
    }

    @Test
    void anOldClientThatLeavesIsPassedOnToo() throws Exception {
        try (SocketNode n1 = nodeThatWaitsBehind("");
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient client = proxy.client()) {
                client.send("GET / HTTP/1.0\r\nHost: h\r\n\r\n");
                assertThat(comes(arrived)).isTrue();
            }
            assertThat(comes(told)).isTrue();
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfADownloadIsPassedOn() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    try {
                        for (int i = 0; i < 10_000; i++) {
                            connection.getOutputStream().write(new byte[100_000]);
                        }
                    } catch (IOException e) {
                        told.release();
                        throw e;
                    }
                });
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient client = proxy.client()) {
                client.send(GET).readUntil("\r\n\r\n");
            }
            assertThat(comes(told)).isTrue();
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfAnUploadIsPassedOn() throws Exception {
        try (SocketNode n1 = nodeThatWaitsBehind("");
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient client = proxy.client()) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
                assertThat(comes(arrived)).isTrue();
            }
            assertThat(comes(told)).isTrue();
        }
    }

    @Test
    void aClientThatSendsItsNextRequestWhileItWaitsHasNotLeft() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    arrived.release();
                    mayAnswer.acquireUninterruptibly();
                    String body = head.substring(5, 6);
                    SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + body);
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(comes(arrived)).isTrue();
            Awaitility.await().pollDelay(700, TimeUnit.MILLISECONDS).until(() -> true); // the patrol has passed twice
            client.send("GET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
            mayAnswer.release(3);
            for (String body : new String[] {"1", "2", "3"}) {
                assertThat(client.read().body()).isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEmptyLineBehindARequestIsNoRequest(boolean atOnce) throws Exception {
        try (SocketNode n1 = nodeThatWaitsBehind("");
                TestProxy proxy = TestProxy.over(n1.node())) {
            try (WireClient client = proxy.client()) {
                client.send(GET + (atOnce ? "\r\n" : ""));
                assertThat(comes(arrived)).isTrue();
                Awaitility.await().pollDelay(700, TimeUnit.MILLISECONDS).until(() -> true); // it is watched
                client.send(atOnce ? "" : "\r\n");
            }
            assertThat(comes(told)).isTrue();
        }
    }

    @Test
    void aRequestBehindAnEmptyLineIsServed() throws Exception {
        Semaphore mayAnswer = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    arrived.release();
                    mayAnswer.acquireUninterruptibly();
                    SocketNode.write(connection, OK);
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            client.send(GET + "\r\n");
            assertThat(comes(arrived)).isTrue();
            Awaitility.await().pollDelay(700, TimeUnit.MILLISECONDS).until(() -> true);
            client.send(GET);
            mayAnswer.release(2);
            assertThat(client.read().body()).isEqualTo("ok");
            assertThat(client.read().body()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatHasWaitedLongGoesOnLikeAnyOther() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    if (head.startsWith("GET /slow ")) {
                        Awaitility.await().pollDelay(700, TimeUnit.MILLISECONDS).until(() -> true);
                    }
                    SocketNode.write(connection, OK);
                });
                TestProxy proxy = TestProxy.over(n1.node());
                WireClient client = proxy.client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET.replace("/ ", "/slow ")).read().body())
                        .isEqualTo("ok");
                assertThat(client.send(GET).read().body()).isEqualTo("ok");
            }
        }
    }
}
