package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nodes are probed rarely, and one of them is waited for. */
class DrainEndTest {

    private static final String STATUS = "/app/limpet/status";

    @Test
    void theEndOfTheLastSessionIsNoticedWithinASecondThoughNodesAreProbedOnceInTen() {
        AtomicInteger sessions = new AtomicInteger(1);
        AtomicInteger probes = new AtomicInteger();
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    probes.incrementAndGet();
                    String status = "{\"node\":\"n1\",\"state\":\"ready\",\"sessions\":" + sessions.get() + "}";
                    SocketNode.write(
                            connection, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
                });
                TestProxy proxy = TestProxy.given(
                        new GivenSettings()
                                .add(Setting.HEALTH_PATH, STATUS, "")
                                .add(Setting.HEALTH_INTERVAL, "10s", ""),
                        n1.node())) {
            await().until(() -> probes.get() == 1);
            proxy.drain(n1.node());
            // enough of them for the drain to know what it may believe
            await().until(() -> probes.get() >= 4);
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.DRAINING);

            sessions.set(0);
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> proxy.state(n1.node()) == NodeState.DRAINED);
        }
    }
}
