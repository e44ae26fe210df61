package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.time.Duration;
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

    private static SocketNode node(String name, String... contexts) {
        return DeployedNode.of(name, contexts).start();
    }

    private static TestProxy proxy(String interval, SocketNode... nodes) {
        return proxy(new GivenSettings(), interval, nodes);
    }

    private static TestProxy proxy(GivenSettings more, String interval, SocketNode... nodes) {
        GivenSettings probed = more.add(Setting.HEALTH_PATH, "/shop/limpet/status", "")
                .add(Setting.HEALTH_INTERVAL, interval, "")
                .add(Setting.HEALTH_TIMEOUT, "20s", ""); // the first probe is the only one for ten minutes
        TestProxy proxy = TestProxy.given(probed, nodes[0].node(), nodes[1].node());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> proxy.tells(nodes[0].node()) && proxy.tells(nodes[1].node()));
        return proxy;
    }

    private static void awaitProbes(SocketNode node, int more) {
        int before = node.heads().size();
        await().until(() -> node.heads().size() > before + more);
    }

    private static String by(RawResponse answer) {
        return String.join(",", answer.values("Served-By"));
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
    void oneThatIsBackIsBelievedThoughItsNodeToldOfItAllTheTime() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("20ms", n1, n2)) {
            onN1.mapped().remove("/desk");
            assertThat(by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1"))).isEqualTo("n2");
            onN1.mapped().add("/desk");
            await().until(() ->
                    by(proxy.get("/desk/", "Cookie: JSESSIONID=a.n1")).equals("n1"));
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

    @Test
    void oneThatIsBackIsBelievedSoonThoughProbesAreFarApart() {
        try (SocketNode n1 = onN1.start();
                SocketNode n2 = node("n2", "/shop", "/desk");
                TestProxy proxy = proxy("10m", n1, n2)) {
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
