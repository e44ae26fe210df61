package io.limpet.proxy;

import static io.limpet.proxy.DeployedNode.by;
import static io.limpet.proxy.DeployedNode.node;
import static io.limpet.proxy.DeployedNode.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes n1 and n2 have the applications /shop, which is probed, and /desk, but that n1 lacks one before the proxy begins:
 * only the other node tells that there is such an application.
 */
class UndeployedBeforeTest {

    private final DeployedNode onN1 = DeployedNode.of("n1", "/shop", "/desk");

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/desk"})
    void aProxyThatStartsAfterwardsLeavesItToTheOthers(String undeployed) {
        String other = undeployed.equals("/shop") ? "/desk" : "/shop";
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk")) {
            onN1.undeploy(undeployed);
            try (TestProxy proxy = proxy("20ms", n1, n2)) {
                await().until(() ->
                        proxy.state(n1.node()) == NodeState.READY); // it may have been down until n2 has told
                for (int i = 0; i < 20; i++) {
                    assertThat(by(proxy.get(undeployed + "/", "Cookie: JSESSIONID=a" + i + ".n1")))
                            .isEqualTo("n2");
                    assertThat(by(proxy.get(undeployed + "/"))).isEqualTo("n2");
                    assertThat(by(proxy.get(other + "/", "Cookie: JSESSIONID=a" + i + ".n1")))
                            .isEqualTo("n1");
                }
            }
        }
    }

    @Test
    void aProxyThatStartsAfterwardsTakesNoFilteredRootsWordForIts() {
        DeployedNode rooted = DeployedNode.of("n1", "", "/shop");
        try (SocketNode n1 = rooted.start();
                SocketNode n2 = node("n2", "", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
            assertThat(proxy.get("/nothing", "Cookie: JSESSIONID=a.n1").status())
                    .isEqualTo(404);
            assertThat(n2.heads()).noneMatch(head -> head.contains(" /nothing "));
        }
    }

    @Test
    void itSendsNoPostTwiceAsAnApplicationWithoutTheFilterMayHaveSeenIt() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk")) {
            onN1.undeploy("/desk");
            try (TestProxy proxy = proxy("20ms", n1, n2)) {
                assertThat(proxy.post("/desk/", "", "Cookie: JSESSIONID=a.n1").status())
                        .isEqualTo(404);
                assertThat(n2.heads()).noneMatch(head -> head.startsWith("POST "));
                assertThat(by(proxy.post("/desk/", ""))).isEqualTo("n2");
            }
        }
    }

    @Test
    void anApplicationWithoutTheFilterKeepsItsSessionsAndGetsNoNewOnesWhileOthersHaveIt() {
        onN1.told().remove("/desk");
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            for (int i = 0; i < 20; i++) {
                assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n1");
                assertThat(by(proxy.get("/desk/"))).isEqualTo("n2");
            }
        }
    }

    @Test
    void aNodeThatHasItServesThoughItDrainsAndNotWhenItIsTakenOut() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk")) {
            onN1.undeploy("/desk");
            try (TestProxy proxy = proxy("20ms", n1, n2)) {
                proxy.drain(n2.node());
                assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
                proxy.maintain(n2.node());
                assertThat(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1").status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void aPostGoesElsewhereFromANodeWhoseProbedApplicationIsNotUpYet() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk")) {
            onN1.undeploy("/shop");
            try (TestProxy proxy = proxy("20ms", n1, n2)) {
                assertThat(by(proxy.post("/shop/", "x", "Cookie: JSESSIONID=a.n1")))
                        .isEqualTo("n2");
                assertThat(by(proxy.post("/desk/", "x", "Cookie: JSESSIONID=a.n1")))
                        .isEqualTo("n1");
            }
        }
    }

    @Test
    void whomANodeToldThatThereIsNothingIsNotToWaitForIt() {
        GivenSettings rejecting = new GivenSettings().add(Setting.ON_LOST_OWNER, "reject", "");
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk")) {
            onN1.undeploy("/desk");
            try (TestProxy proxy = proxy(rejecting, "20ms", n1, n2)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1")))
                            .isEqualTo("n2");
                }
                assertThat(proxy.scrape().sum("limpet_retries_total", "node=\"n2\""))
                        .isEqualTo(5);
            }
        }
    }
}
