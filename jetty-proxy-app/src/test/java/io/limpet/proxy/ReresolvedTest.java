package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.discovery.Discovery;
import io.limpet.proxy.node.Node;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name gets another address while requests come: the same pod's on another machine, or another pod's. */
class ReresolvedTest {

    private static final String SLOW = "/slow";

    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> served = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> failed = new ConcurrentLinkedQueue<>();
    private volatile List<URI> addresses = List.of();

    private SocketNode node(String name, String at) {
        return SocketNode.start(name, (head, connection) -> {
            if (head.contains(SLOW)) {
                await().until(() -> mayAnswer.getCount() == 0);
            }
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nServed-By: " + at + "\r\nContent-Length: 0\r\n\r\n");
        });
    }

    private static ProxySettings settings(List<Node> nodes) {
        GivenSettings given = new GivenSettings()
                .add(Setting.ADMIN, "off", "")
                .add(Setting.LANE, TestProxy.LANE.toString(), "")
                .add(Setting.LISTEN, "127.0.0.1:0", "");
        nodes.forEach(node -> given.add(Setting.NODES, node + "=" + node.uri(), ""));
        return SettingsReader.read(given);
    }

    private void visit(TestProxy proxy, int visitor) {
        for (int i = 0; !over.get(); i++) {
            RawResponse answer = proxy.get("/", "Cookie: JSESSIONID=s" + visitor + "-" + i % 10 + ".pod-1");
            served.add(String.join("", answer.values("Served-By")));
            if (answer.status() != 200) {
                failed.add(answer.status());
            }
        }
    }

    private void awaitServed(String at, int times) {
        await().until(() -> served.stream().filter(at::equals).count() >= times);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod-1", "pod-2"})
    void requestsGoToTheNewAddressAndNoneFails(String next) throws Exception {
        ExecutorService visitors = Executors.newFixedThreadPool(3);
        try (SocketNode old = node("pod-1", "old");
                SocketNode other = node(next, "new");
                TestProxy proxy = TestProxy.with(settings(List.of(old.node())))) {
            Discovery discovery = new Discovery(
                    () -> addresses,
                    address -> CompletableFuture.completedFuture(
                            Optional.of((address.equals(old.node().uri()) ? old : other)
                                    .node()
                                    .route())),
                    node -> true,
                    nodes -> proxy.apply(settings(nodes)));
            addresses = List.of(old.node().uri());
            discovery.look();
            Future<RawResponse> slow = visitors.submit(() -> proxy.get(SLOW, "Cookie: JSESSIONID=slow.pod-1"));
            for (int i = 0; i < 2; i++) {
                int visitor = i;
                visitors.execute(() -> visit(proxy, visitor));
            }
            awaitServed("old", 20);
            await().until(() -> old.heads().stream().anyMatch(head -> head.contains(SLOW)));

            addresses = List.of(other.node().uri());
            discovery.look();
            served.clear();
            awaitServed("new", 20);
            mayAnswer.countDown();
            assertThat(slow.get(20, TimeUnit.SECONDS).values("Served-By")).containsExactly("old");
            served.clear();
            awaitServed("new", 20);
            over.set(true);
            visitors.shutdown();
            assertThat(visitors.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

            assertThat(served).containsOnly("new");
            assertThat(failed).isEmpty();
        } finally {
            over.set(true);
            mayAnswer.countDown();
            visitors.shutdownNow();
        }
    }
}
