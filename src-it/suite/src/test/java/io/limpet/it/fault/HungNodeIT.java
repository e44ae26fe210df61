package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code SIGSTOP}: the kernel still takes connections, and nobody answers. Only probes that time out tell. */
class HungNodeIT {

    /** As the proxy has them unless told: interval times fall, and the time-out of the last probe. */
    private static final Duration FOUND_OUT = Duration.ofSeconds(3 + 1);

    private static final Duration IMPATIENCE = Duration.ofMillis(500);

    @Test
    void aHungNodeIsOutWithinIntervalTimesFallAndATimeOut() throws Exception {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 2, Failover.OFF)) {
            Node hung = cluster.nodes().get(0);
            Browser owned = cluster.browser();
            while (!owned.add("mug").node().equals(hung.name())) {
                owned = cluster.browser();
            }
            Browser browser = Browser.with(cluster.uri(), owned.session(), IMPATIENCE);
            long stopped = System.nanoTime();
            cluster.suspend(hung.name());
            try {
                // one request that asked in time, and one more second for this machine
                await().atMost(FOUND_OUT.plus(IMPATIENCE).plusSeconds(1))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> isServed(browser));
            } finally {
                cluster.resume(hung.name());
            }
            System.out.println(hung.name() + " hung, and was out after "
                    + Duration.ofNanos(System.nanoTime() - stopped).toMillis() + " ms");
            assertThat(cluster.browser().add("mug").items()).hasSize(1);
        }
    }

    private static boolean isServed(Browser browser) {
        try {
            return browser.get("/api/cart").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
