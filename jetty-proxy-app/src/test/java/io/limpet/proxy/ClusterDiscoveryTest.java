package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that nobody lists, found where they keep their sessions. */
@Timeout(180)
class ClusterDiscoveryTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static void awaitServed(TestProxy proxy, String owner, String by) {
        await().atMost(LONG)
                .until(
                        () -> proxy.get("/", "Cookie: JSESSIONID=s." + owner).values("Served-By"),
                        it -> it.contains(by));
    }

    @Test
    void nodesComeAndGoWithoutARestartAndWithoutAFailedRequest() throws Exception {
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                AnnouncedNodes cluster = new AnnouncedNodes(2)) {
            cluster.join(0, n1);
            try (TestProxy proxy = TestProxy.given(cluster.found())) {
                awaitServed(proxy, "n1", "n1");
                AtomicBoolean over = new AtomicBoolean();
                CompletableFuture<List<Integer>> statuses = CompletableFuture.supplyAsync(() -> load(proxy, over));

                cluster.join(1, n2);
                awaitServed(proxy, "n2", "n2");
                cluster.leave(n1);
                SocketNode gone = n1;
                gone.close();
                awaitServed(proxy, "n1", "n2");
                over.set(true);

                assertThat(statuses.get()).isNotEmpty().containsOnly(200);
            }
        }
    }

    @Test
    void nodesThatKeepTheirSessionsOnServersAreFoundThere() {
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                NodesOnServers servers = new NodesOnServers()) {
            servers.join(n1);
            servers.join(n2);
            try (TestProxy proxy = TestProxy.given(servers.found())) {
                awaitServed(proxy, "n1", "n1");
                awaitServed(proxy, "n2", "n2");
                servers.leave(n1);
                awaitServed(proxy, "n1", "n2");
            }
        }
    }

    /** New sessions, one after the other. */
    private static List<Integer> load(TestProxy proxy, AtomicBoolean over) {
        List<Integer> statuses = new ArrayList<>();
        while (!over.get()) {
            statuses.add(proxy.get("/").status());
        }
        return statuses;
    }

    @Test
    void whenTheClusterCannotBeReachedAllKnownNodesStay() {
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                AnnouncedNodes cluster = new AnnouncedNodes(2)) {
            cluster.join(0, n1);
            cluster.join(1, n2);
            try (TestProxy proxy = TestProxy.given(cluster.found())) {
                awaitServed(proxy, "n1", "n1");
                awaitServed(proxy, "n2", "n2");

                cluster.die();

                // longer than a missing announcement is waited for
                await().during(Duration.ofSeconds(12))
                        .atMost(LONG)
                        .until(() -> proxy.get("/", "Cookie: JSESSIONID=s.n1")
                                        .values("Served-By")
                                        .contains("n1")
                                && proxy.get("/", "Cookie: JSESSIONID=s.n2")
                                        .values("Served-By")
                                        .contains("n2"));
            }
        }
    }

    @Test
    void whatOneProxyIsOrderedHoldsOnAllThatShareACluster() throws Exception {
        try (SocketNode n1 = SocketNode.named("n1");
                SocketNode n2 = SocketNode.named("n2");
                AnnouncedNodes cluster = new AnnouncedNodes(1)) {
            cluster.join(0, n1);
            GivenSettings operating = cluster.found()
                    .overriddenBy(AdminTest.operating(AdminTest.TOKEN))
                    .add(Setting.HEALTH_INTERVAL, "200ms", "");
            try (TestProxy told = TestProxy.given(operating, n2.node());
                    TestProxy other = TestProxy.given(cluster.found(), n2.node())) {
                awaitServed(told, "n1", "n1");
                awaitServed(other, "n1", "n1");

                order(told, "{\"state\":\"maintenance\"}");
                awaitServed(other, "n1", "n2");
                try (TestProxy late = TestProxy.given(cluster.found(), n2.node())) {
                    await().atMost(LONG)
                            .ignoreExceptions() // it does not know n1 at first
                            .until(() -> late.state(n1.node()) == NodeState.MAINTENANCE);
                }

                order(told, "{\"state\":\"ready\"}");
                awaitServed(other, "n1", "n1");
            }
        }
    }

    private static void order(TestProxy proxy, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.admin().resolve("/api/nodes/n1/state"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + AdminTest.TOKEN)
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
