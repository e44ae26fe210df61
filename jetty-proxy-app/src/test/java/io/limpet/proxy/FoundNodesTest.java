package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FoundNodesTest {

    private static GivenSettings lookingUp(SocketNode... nodes) {
        GivenSettings given = new GivenSettings().add(Setting.DISCOVERY_INTERVAL, "50ms", "");
        for (SocketNode node : nodes) {
            given.add(Setting.DISCOVERY_DNS, "localhost:" + node.node().uri().getPort(), "");
        }
        return given;
    }

    @Test
    void aNodeThatNobodyListsIsFoundAndItsSessionsStayWithIt() {
        try (SocketNode a = SocketNode.named("pod-a");
                SocketNode b = SocketNode.named("pod-b");
                TestProxy proxy = TestProxy.given(lookingUp(a, b))) {
            await().until(
                            () -> proxy.get("/", "Cookie: JSESSIONID=s.pod-b").values("Served-By"),
                            it -> it.contains("pod-b"));
            await().until(
                            () -> proxy.get("/", "Cookie: JSESSIONID=s.pod-a").values("Served-By"),
                            it -> it.contains("pod-a"));

            assertThat(b.heads().get(b.heads().size() - 1)).contains("JSESSIONID=s\r\n", "Limpet-Route: owner");
        }
    }

    @Test
    void beforeAnyNodeIsFoundThereIsNobody() {
        try (SocketNode gone = SocketNode.named("gone")) {
            GivenSettings given = lookingUp(gone);
            try (TestProxy proxy = TestProxy.given(
                    given.add(Setting.DISCOVERY_INTERVAL, "60m", "").add(Setting.HEALTH_PATH, "/elsewhere", ""))) {
                assertThat(proxy.get("/").status()).isEqualTo(503);
            }
        }
    }

    @Test
    void twoProxiesAgreeOnTheNodeOfEverySessionAlsoWhenItIsGone() {
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                SocketNode n3 = SocketNode.named("n3");
                TestProxy one = TestProxy.over(n1.node(), n2.node(), n3.node());
                TestProxy other = TestProxy.over(n3.node(), n1.node(), n2.node())) {
            for (int i = 0; i < 60; i++) {
                String cookie = "Cookie: JSESSIONID=session" + i + ".n" + (1 + i % 3);
                assertThat(one.get("/", cookie).values("Served-By"))
                        .isEqualTo(other.get("/", cookie).values("Served-By"));
            }
            one.apply(TestSettings.settings(Duration.ofSeconds(20), n2.node(), n3.node()));
            other.apply(TestSettings.settings(Duration.ofSeconds(20), n3.node(), n2.node()));
            for (int i = 0; i < 60; i++) {
                String cookie = "Cookie: JSESSIONID=session" + i + ".n1";
                assertThat(one.get("/", cookie).values("Served-By"))
                        .isEqualTo(other.get("/", cookie).values("Served-By"));
            }
        }
    }
}
