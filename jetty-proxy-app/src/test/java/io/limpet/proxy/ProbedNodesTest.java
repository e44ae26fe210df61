package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Health, over real sockets. */
class ProbedNodesTest {

    private final AtomicInteger status = new AtomicInteger(204);
    private final AtomicInteger good = new AtomicInteger();

    private SocketNode node() {
        return SocketNode.start("n1", (head, connection) -> {
            int told = status.get();
            if (told == 204) {
                good.incrementAndGet();
            }
            SocketNode.write(
                    connection, "HTTP/1.1 " + told + " So\r\n" + (told == 204 ? "" : "Content-Length: 0\r\n") + "\r\n");
        });
    }

    private static GivenSettings probed() {
        return new GivenSettings()
                .add(Setting.HEALTH_KIND, "path", "")
                .add(Setting.HEALTH_PATH, "/ping", "")
                .add(Setting.HEALTH_METHOD, "HEAD", "")
                .add(Setting.HEALTH_EXPECT, "204", "")
                .add(Setting.HEALTH_INTERVAL, "10ms", "")
                .add(Setting.HEALTH_FALL, "1", "")
                .add(Setting.HEALTH_RISE, "1", "");
    }

    private void awaitState(TestProxy proxy, SocketNode node, NodeState state) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> proxy.state(node.node()) == state);
    }

    @Test
    void aNodeIsAskedByTheMethodAndWellWithTheStatusThatAreSet() {
        try (SocketNode n1 = node();
                TestProxy proxy = TestProxy.given(probed(), n1.node())) {
            await().until(() -> good.get() > 2);
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.READY);
            assertThat(n1.heads()).allMatch(head -> head.startsWith("HEAD /ping HTTP/1.1\r\n"));

            status.set(200);
            awaitState(proxy, n1, NodeState.DOWN);
        }
    }

    @Test
    void aNodeThatFlapsAnswersWellForLongerEachTimeBeforeItIsUp() {
        try (SocketNode n1 = node();
                TestProxy proxy = TestProxy.given(probed(), n1.node())) {
            for (int needed : new int[] {1, 2, 4, 8}) {
                status.set(500);
                awaitState(proxy, n1, NodeState.DOWN);
                good.set(0);
                status.set(204);
                awaitState(proxy, n1, NodeState.READY);
                assertThat(good.get()).isGreaterThanOrEqualTo(needed);
            }
        }
    }
}
