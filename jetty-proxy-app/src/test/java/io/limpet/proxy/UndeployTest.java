package io.limpet.proxy;

import static io.limpet.proxy.DeployedNode.by;
import static io.limpet.proxy.DeployedNode.node;
import static io.limpet.proxy.DeployedNode.proxy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes n1 and n2 have the applications /shop, which is probed, and /desk; one of them is undeployed from n1. */
class UndeployTest {

    private final DeployedNode onN1 = DeployedNode.of("n1", "/shop", "/desk");

    private static void awaitProbes(SocketNode node, int more) {
        int before = node.heads().size();
        await().until(() -> node.heads().size() > before + more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/desk"})
    void noRequestFailsThoughProbesAreFarApart(String undeployed) {
        String other = undeployed.equals("/shop") ? "/desk" : "/shop";
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.undeploy(undeployed);
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
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop");
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.undeploy("/shop");
            onN1.undeploy("/desk");
            for (int i = 0; i < 20; i++) {
                assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n2");
            }
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.DOWN);
        }
    }

    @Test
    void theNodesOtherApplicationAnswersForTheProbedOne() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.undeploy("/shop");
            awaitProbes(n1, 20);

            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.READY);
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
            assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "302 Found\r\nLocation: /home", "401 Unauthorized", "503 Service Unavailable"})
    void anApplicationIsGoneWhateverAnswersInItsPlace(String elsewhere) {
        try (SocketNode n1 = onN1.elsewhere(elsewhere).start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.undeploy("/shop");
            awaitProbes(n1, 20);

            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.READY);
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
            assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
        }
    }

    /** A limiter before the filter, or a log-in: nothing that a container does with an application that it ends. */
    @ParameterizedTest
    @ValueSource(strings = {"302 Found\r\nLocation: /home", "429 Too Many Requests", "503 Service Unavailable"})
    void whatIsAnsweredInPlaceOfAStatusIsNoEndAsLongAsTheNodeTellsOfTheApplication(String elsewhere) {
        try (SocketNode n1 = onN1.elsewhere(elsewhere).start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.mapped().remove("/shop");
            awaitProbes(n1, 20);
            assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
        }
    }

    @Test
    void aFilterThatKeepsItsStatusFromTheProxyIsNotGone() {
        try (SocketNode n1 = onN1.elsewhere("404 Not Found\r\nLimpet-Status: refused")
                        .start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.mapped().remove("/shop");
            awaitProbes(n1, 20);
            assertThat(by(proxy.get("/shop/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
        }
    }

    @Test
    void oneProbeThatNoFilterAnswersBecauseOfItsSealTakesNoNodeOut() {
        GivenSettings patient = new GivenSettings().add(Setting.HEALTH_FALL, "10", "");
        try (SocketNode n1 = onN1.elsewhere("404 Not Found\r\nLimpet-Status: refused")
                        .start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                // a tenth of it without an answer is a probe more
                TestProxy proxy = proxy(patient, "500ms", n1, n2)) {
            onN1.mapped().clear();
            awaitProbes(n1, 2);
            assertThat(proxy.state(n1.node())).isEqualTo(NodeState.READY);
            await().until(() -> proxy.state(n1.node()) == NodeState.DOWN);
        }
    }

    /** As of a filter that leaves no word on its answers. */
    private static SocketNode wordless(String name, AtomicInteger statuses) {
        String status = "{\"node\":\"" + name
                + "\",\"state\":\"ready\",\"applications\":[{\"context\":\"/shop\",\"sessions\":-1}]}";
        return SocketNode.start(name, (head, connection) -> {
            boolean isStatus = head.contains("/limpet/status");
            String body = isStatus ? status : "";
            if (isStatus) {
                statuses.incrementAndGet();
            }
            SocketNode.write(
                    connection,
                    "HTTP/1.1 " + (isStatus ? 200 : 404) + " So\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body);
        });
    }

    @Test
    void anApplicationsOwn404GoesToTheClientAndItsNodeIsAskedOnceInAWhile() {
        AtomicInteger statuses = new AtomicInteger();
        try (SocketNode n1 = wordless("n1", statuses);
                SocketNode n2 = node("n2", "/shop");
                TestProxy proxy = proxy("10m", n1, n2)) {
            int before = statuses.get();
            List<CompletableFuture<RawResponse>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> proxy.get("/shop/nothing", "Cookie: JSESSIONID=a.n1"),
                            task -> new Thread(task).start()))
                    .limit(20)
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(404));
            assertThat(statuses.get() - before).isBetween(1, 10);
            assertThat(n2.heads()).noneMatch(head -> head.contains("/nothing"));
        }
    }

    @Test
    void aFilteredRootApplications404IsNotTakenForTheWordOfTheOneThatIsGone() {
        DeployedNode rooted = DeployedNode.of("n1", "", "/shop", "/desk");
        try (SocketNode n1 = rooted.start();
                SocketNode n2 = node("n2", "", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
            rooted.undeploy("/desk");
            for (int i = 0; i < 5; i++) {
                RawResponse answer = proxy.get("/desk/", "Cookie: JSESSIONID=a" + i + ".n1");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(by(answer)).isEqualTo("n2");
            }
            assertThat(by(proxy.get("/home", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n1");
            assertThat(proxy.get("/nothing", "Cookie: JSESSIONID=a.n1").status())
                    .isEqualTo(404);
            assertThat(n2.heads()).noneMatch(head -> head.contains(" /nothing "));
        }
    }

    @Test
    void whatTheNodesOthersTellOfItForAMomentLongerIsNotBelieved() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.mapped().remove("/desk");
            for (int i = 0; i < 20; i++) {
                assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a" + i + ".n1")))
                        .isEqualTo("n2");
            }
        }
    }

    @Test
    void aPostThatNoApplicationHasSeenGoesOnAndOneThatAnApplicationHasSeenDoesNot() {
        DeployedNode rooted = DeployedNode.of("n1", "", "/shop", "/desk");
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.undeploy("/desk");
            assertThat(by(proxy.post("/desk/", "", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
        }
        try (SocketNode n1 = rooted.start();
                SocketNode n2 = node("n2", "", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
            rooted.undeploy("/desk");
            assertThat(proxy.post("/desk/", "", "Cookie: JSESSIONID=a.n1").status())
                    .isEqualTo(404);
            assertThat(by(proxy.post("/desk/", "", "Cookie: JSESSIONID=b.n1"))).isEqualTo("n2");
        }
    }

    @Test
    void ofAPostWithABodyTheNextOneIsServed() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
            onN1.undeploy("/desk");
            assertThat(proxy.post("/desk/", "x", "Cookie: JSESSIONID=a.n1").status())
                    .isEqualTo(404);
            assertThat(by(proxy.post("/desk/", "", "Cookie: JSESSIONID=b.n1"))).isEqualTo("n2");
        }
    }

    /** Also where probes are far apart, soon. */
    @ParameterizedTest
    @ValueSource(strings = {"20ms", "10m"})
    void oneThatIsBackIsBelievedThoughItsNodeToldOfItAllTheTime(String interval) {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy(interval, n1, n2)) {
            onN1.mapped().remove("/desk");
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
            onN1.mapped().add("/desk");
            await().until(() ->
                    by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1")).equals("n1"));
        }
    }

    @Test
    void theProbedApplicationIsTheSameThoughItsContextPathIsToldDecoded() {
        AtomicBoolean gone = new AtomicBoolean();
        String status = "{\"node\":\"n1\",\"state\":\"ready\",\"applications\":[{\"context\":\"/a b\",\"inFlight\":1},"
                + "{\"context\":\"/desk\"}]}";
        SocketNode.Script script = (head, connection) -> {
            boolean found = head.contains("/limpet/status") && !(gone.get() && head.contains("/a%20b/"));
            String body = found ? status : "";
            SocketNode.write(
                    connection,
                    "HTTP/1.1 " + (found ? 200 : 404) + " So\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        };
        GivenSettings probed = new GivenSettings()
                .add(Setting.HEALTH_PATH, "/a%20b/limpet/status", "")
                .add(Setting.HEALTH_INTERVAL, "20ms", "");
        try (SocketNode n1 = SocketNode.start("n1", script);
                TestProxy proxy = TestProxy.given(probed, n1.node())) {
            await().until(() -> proxy.tells(n1.node()));
            gone.set(true);
            await().until(() -> proxy.known(n1.node()).report().applications().stream()
                    .noneMatch(application -> application.context().equals("/a b")));
        }
    }
}
