package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stopped process: its kernel takes connections, and nobody answers on them. */
@Timeout(120)
class HungMemberTest {

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Test
    void aMemberThatTakesConnectionsAndAnswersNothingKeepsNoThreadBusy() throws Exception {
        try (Cluster cluster = new Cluster(2)) {
            cluster.start(0);
            try (ServerSocket hung = new ServerSocket(cluster.address(1).port(), 1, InetAddress.getLoopbackAddress());
                    Socket connection = hung.accept()) {
                long writer = writer(cluster.instance(0).getName());
                Duration begun = cpu(writer);

                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(5))
                        .until(connection::isConnected);

                assertThat(cpu(writer).minus(begun)).isLessThan(Duration.ofMillis(200));
            }
        }
    }

    @Test
    void aClientThatConnectsAndSaysNothingKeepsNoThreadBusy() throws Exception {
        try (Cluster cluster = new Cluster(2)) {
            int clientPort = cluster.address(1).port();
            ClusterSettings plain = cluster.settings(0, Members.NONE);
            ClusterSettings open = plain.with(new Proxies(Optional.of(clientPort), Optional.empty()));
            try (SessionStore store = HazelcastStore.start(open, Cluster.node(0), "/shop");
                    Socket silent = new Socket(InetAddress.getLoopbackAddress(), clientPort)) {
                long writer = writer(member(plain.cluster()));
                Duration begun = cpu(writer);

                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(5))
                        .until(silent::isConnected);

                assertThat(cpu(writer).minus(begun)).isLessThan(Duration.ofMillis(200));
                assertThat(store.state()).isEqualTo(StoreState.DEGRADED); // it runs, alone
            }
        }
    }

    private static String member(String cluster) {
        return Hazelcast.getAllHazelcastInstances().stream()
                .filter(it -> it.getConfig().getClusterName().equals(cluster))
                .findFirst()
                .orElseThrow()
                .getName();
    }

    private Duration cpu(long thread) {
        return Duration.ofNanos(threads.getThreadCpuTime(thread));
    }

    private long writer(String member) {
        List<Long> found = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread ->
                        thread != null && thread.getThreadName().startsWith("hz." + member + ".IO.thread-out"))
                .map(thread -> thread.getThreadId())
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
