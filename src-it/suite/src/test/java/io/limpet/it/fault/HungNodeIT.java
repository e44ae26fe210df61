package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code SIGSTOP}: the kernel still takes connections, and nobody answers. Only probes that time out tell. */
class HungNodeIT {

    private static final Duration INTERVAL = Duration.ofMillis(600);
    private static final int FALL = 3;

    /** So long that probes one after the other would find it out after 2,880 ms at the earliest. */
    private static final Duration TIMEOUT = Duration.ofMillis(960);

    /** One look at the state, and one thread that this machine gives no time to; still less than that. */
    private static final Duration MORE = Duration.ofMillis(900);

    private static final int TIMES = 2;

    private static List<String> probes() {
        return List.of(
                "--health-interval",
                INTERVAL.toMillis() + "ms",
                "--health-timeout",
                TIMEOUT.toMillis() + "ms",
                "--health-fall",
                Integer.toString(FALL));
    }

    @Test
    void aHungNodeIsOutWithinIntervalTimesFallOfTheMomentAtWhichItStopped() {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 2, Failover.OFF, probes())) {
            Node hung = cluster.nodes().get(0);
            Operator operator = cluster.operator();
            for (int i = 0; i < TIMES; i++) { // each at another moment between two probes
                Browser owned = Stream.generate(cluster::browser)
                        .limit(100)
                        .filter(browser -> browser.add("mug").node().equals(hung.name()))
                        .findFirst()
                        .orElseThrow();
                long stopped = System.nanoTime();
                cluster.suspend(hung.name());
                try {
                    await().atMost(INTERVAL.multipliedBy(FALL).plus(MORE))
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(10))
                            .until(() -> operator.state(hung.name()).equals("down"));
                    System.out.println(hung.name() + " hung, and was out after "
                            + Duration.ofNanos(System.nanoTime() - stopped).toMillis() + " ms");
                    assertThat(owned.get("/api/cart").status()).isEqualTo(200);
                } finally {
                    cluster.resume(hung.name());
                }
                operator.awaitState(hung.name(), "ready");
                assertThat(cluster.browser().add("mug").items()).hasSize(1);
            }
        }
    }
}
