package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes n1 and n2 have the applications /shop, which is probed, and /desk; one of them is undeployed from n1. */
class UndeployTest {

    private final Set<String> onN1 = new CopyOnWriteArraySet<>(Set.of("/shop", "/desk"));

    private static SocketNode node(String name, Set<String> contexts) {
        return SocketNode.start(name, (head, connection) -> {
            String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
            Set<String> deployed = new TreeSet<>(contexts);
            String body = path.endsWith("/limpet/status") ? status(name, deployed) : "";
            boolean found = deployed.stream().anyMatch(context -> path.startsWith(context + "/"));
            SocketNode.write(
                    connection,
                    found
                            ? "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nLimpet-Session: kept\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body
                            : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        });
    }

    private static String status(String name, Set<String> contexts) {
        return contexts.stream()
                .map(context -> "{\"context\":\"" + context + "\",\"sessions\":0,\"seq\":1}")
                .collect(Collectors.joining(
                        ",", "{\"node\":\"" + name + "\",\"state\":\"ready\",\"applications\":[", "]}"));
    }

    private static TestProxy proxy(String interval, SocketNode... nodes) {
        GivenSettings probed = new GivenSettings()
                .add(Setting.HEALTH_PATH, "/shop/limpet/status", "")
                .add(Setting.HEALTH_INTERVAL, interval, "");
        TestProxy proxy = TestProxy.given(probed, nodes[0].node(), nodes[1].node());
        await().until(() -> proxy.tells(nodes[0].node()) && proxy.tells(nodes[1].node()));
        return proxy;
    }

    private static String by(RawResponse answer) {
        return String.join(",", answer.values("Served-By"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/desk"})
    void noRequestFailsThoughProbesAreFarApart(String undeployed) {
        String other = undeployed.equals("/shop") ? "/desk" : "/shop";
        try (SocketNode n1 = node("n1", onN1);
                SocketNode n2 = node("n2", Set.of("/shop", "/desk"));
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.remove(undeployed);
            for (int i = 0; i < 20; i++) {
                assertThat(by(proxy.get(undeployed + "/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n2");
                assertThat(proxy.get(undeployed + "/").status()).isEqualTo(200);
                assertThat(by(proxy.get(other + "/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n1");
            }
            assertThat(n1.heads())
                    .filteredOn(head -> head.contains(" " + undeployed + "/ "))
                    .hasSizeLessThan(3);
        }
    }

    @Test
    void noRequestFailsThoughItWasTheOnlyApplication() {
        try (SocketNode n1 = node("n1", onN1);
                SocketNode n2 = node("n2", Set.of("/shop"));
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.clear();
            for (int i = 0; i < 20; i++) {
                assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n2");
            }
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.DOWN);
        }
    }

    @Test
    void theNodesOtherApplicationAnswersForTheProbedOne() {
        try (SocketNode n1 = node("n1", onN1);
                SocketNode n2 = node("n2", Set.of("/shop", "/desk"));
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.remove("/shop");
            int before = n1.heads().size();
            await().until(() -> n1.heads().size() > before + 20);

            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.READY);
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
            assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
        }
    }

    @Test
    void anApplicationsOwn404GoesToTheClient() {
        SocketNode.Script own = (head, connection) -> {
            String body = head.contains("/limpet/status") ? status("n1", Set.of("/shop")) : "";
            SocketNode.write(
                    connection,
                    "HTTP/1.1 " + (body.isEmpty() ? 404 : 200) + " So\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body);
        };
        try (SocketNode n1 = SocketNode.start("n1", own);
                SocketNode n2 = node("n2", Set.of("/shop"));
                TestProxy proxy = proxy("10m", n1, n2)) {
            assertThat(proxy.get("/shop/nothing", "Cookie: JSESSIONID=a.n1").status())
                    .isEqualTo(404);
            assertThat(n2.heads()).noneMatch(head -> head.contains("/nothing"));
        }
    }
}
