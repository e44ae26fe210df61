package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** WebSockets of a node that drains end as soon as their sessions can go elsewhere, and no sooner. */
class TunnelDrainTest {

    private static final String STATUS = "/app/limpet/status";
    private static final String ASKED =
            "GET /app/chat HTTP/1.1\r\nHost: h\r\nCookie: JSESSIONID=4F2A.n1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    private static final String HELLO = "\u0081\u0005hello";
    private static final String GOING_AWAY = "\u0088\u0002\u0003\u00e9";

    /** What a client says and answers, masked with zeros (RFC 6455 §5.5.1). */
    private static final String HELLO_MASKED = "\u0081\u0085\0\0\0\0hello";

    private static final String GONE = "\u0088\u0082\0\0\0\0\u0003\u00e9";

    private final AtomicInteger probes = new AtomicInteger();

    /** A node with one session, and failover so; it greets back who greets. */
    private SocketNode node(String failover) {
        return SocketNode.start("n1", (head, connection) -> {
            if (!head.startsWith("GET " + STATUS + " ")) {
                greet(connection);
                return;
            }
            probes.incrementAndGet();
            String status = "{\"node\":\"n1\",\"state\":\"ready\",\"sessions\":1,\"failover\":\"" + failover + "\"}";
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
        });
    }

    private static void greet(Socket connection) throws IOException {
        SocketNode.write(connection, AGREED);
        String heard = "";
        while (!heard.endsWith("\u00e9")) {
            heard = SocketNode.readUntil(connection.getInputStream(), "hello");
            if (!heard.endsWith("hello")) {
                break; // the answer to the farewell, and the end
            }
            SocketNode.write(connection, HELLO);
        }
        connection.close();
    }

    private TestProxy over(SocketNode node) {
        GivenSettings given =
                new GivenSettings().add(Setting.HEALTH_PATH, STATUS, "").add(Setting.HEALTH_INTERVAL, "200ms", "");
        TestProxy proxy = TestProxy.given(given, node.node());
        await().until(() -> probes.get() >= 2);
        return proxy;
    }

    private static void saysHello(WireClient client) throws IOException {
        client.send(HELLO_MASKED);
        assertThat(client.readUntil("hello")).isEqualTo(HELLO);
    }

    private static void isToldToGo(WireClient client) throws IOException {
        assertThat(client.readUntil("\u0003\u00e9")).isEqualTo(GOING_AWAY);
        client.send(GONE).shutdownOutput();
        assertThat(client.readAll()).isEmpty();
    }

    @Test
    void withFailoverTheyAreToldAtOnce() throws IOException {
        try (SocketNode n1 = node("healthy");
                TestProxy proxy = over(n1);
                WireClient client = proxy.client()) {
            client.send(ASKED).readUntil("\r\n\r\n");
            saysHello(client);
            long ordered = System.nanoTime();
            proxy.drain(n1.node());

            isToldToGo(client);
            // the deadline is a minute away
            assertThat(System.nanoTime() - ordered).isLessThan(TimeUnit.SECONDS.toNanos(15));
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.MOVING);
        }
    }

    @Test
    void withoutFailoverTheyStayUntilTheDeadline() throws IOException {
        Duration deadline = Duration.ofSeconds(3);
        try (SocketNode n1 = node("off");
                TestProxy proxy = over(n1);
                WireClient client = proxy.client()) {
            client.send(ASKED).readUntil("\r\n\r\n");
            long ordered = System.nanoTime();
            proxy.drain(n1.node(), deadline);
            await().until(() -> proxy.state(n1.node()) == NodeState.DRAINING);
            int before = probes.get();
            // enough of them for a drain that could end to have ended
            await().until(() -> probes.get() >= before + 4);
            saysHello(client);

            isToldToGo(client);
            assertThat(System.nanoTime() - ordered).isGreaterThanOrEqualTo(deadline.toNanos());
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.DRAINED);
        }
    }
}
