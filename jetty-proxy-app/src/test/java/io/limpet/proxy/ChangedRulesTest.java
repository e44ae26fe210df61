package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.node.NodeState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds on when settings change. */
class ChangedRulesTest {

    private static final String STATUS = "/app/limpet/status";

    private static SocketNode node(String name) {
        String status = "{\"node\":\"" + name
                + "\",\"state\":\"ready\",\"sessions\":9,\"inFlight\":1,\"failover\":\"healthy\"}";
        return SocketNode.telling(name, STATUS, status);
    }

    private static ProxySettings settings(String slowStart, SocketNode... nodes) {
        GivenSettings given = new GivenSettings()
                .add(Setting.LISTEN, "127.0.0.1:0", "")
                .add(Setting.ADMIN, "off", "")
                .add(Setting.LANE, TestProxy.LANE.toString(), "")
                .add(Setting.BALANCE, "round-robin", "")
                .add(Setting.SLOW_START, slowStart, "")
                .add(Setting.TAKEOVER_RATE, "1", "")
                .add(Setting.TAKEOVER_WAIT, "1ms", "")
                .add(Setting.HEALTH_PATH, STATUS, "")
                .add(Setting.HEALTH_INTERVAL, "20ms", "");
        for (SocketNode node : nodes) {
            given.add(Setting.NODES, node.node() + "=" + node.node().uri(), "");
        }
        return SettingsReader.read(given);
    }

    @Test
    void aSessionThatHasBegunToLeaveItsNodeIsServedByTheSameOther() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.with(settings("0s", n1, n2))) {
            proxy.drain(n1.node());
            await().until(() -> proxy.state(n1.node()) == NodeState.MOVING);
            assertThat(proxy.get("/app/", "Cookie: JSESSIONID=4F2A.n1").servedBy())
                    .isEqualTo("n2");

            proxy.apply(settings("1s", n1, n2));
            assertThat(proxy.get("/app/", "Cookie: JSESSIONID=4F2A.n1").servedBy())
                    .isEqualTo("n2");
        }
    }

    @Test
    void whoseTurnIsNextIsKnownBeyondAChange() {
        try (SocketNode n1 = node("n1");
                SocketNode n2 = node("n2");
                TestProxy proxy = TestProxy.with(settings("0s", n1, n2))) {
            List<String> served = new ArrayList<>();
            for (int change = 0; change < 6; change++) {
                served.add(proxy.get("/app/").servedBy());
                proxy.apply(settings(change % 2 + "ms", n1, n2));
            }
            assertThat(served).containsExactly("n1", "n2", "n1", "n2", "n1", "n2");
        }
    }
}
