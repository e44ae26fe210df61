package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ten tabs of one browser count up one counter in one session, and its node dies in the middle. */
class CounterIT {

    private static final int TABS = 10;
    private static final int TIMES_EACH = 100;

    @Test
    void theCounterIsAtLeastWhatWasAcknowledged() throws Exception {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON)) {
            for (int round = 0; round < Effort.times(2, 10); round++) {
                countThroughAKill(cluster);
                cluster.repair();
            }
        }
    }

    private static void countThroughAKill(Cluster cluster) throws Exception {
        Browser browser = cluster.browser();
        String owner = browser.add("mug").node();
        AtomicInteger acknowledged = new AtomicInteger(1);
        ExecutorService tabs = Executors.newFixedThreadPool(TABS);
        try {
            for (int tab = 0; tab < TABS; tab++) {
                tabs.execute(() -> countUp(browser, acknowledged));
            }
            await("the middle")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.get() > TABS * TIMES_EACH / 3);
            cluster.kill(owner);
        } finally {
            tabs.shutdown();
            assertThat(tabs.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }

        assertThat(acknowledged.get()).isGreaterThan(TABS * TIMES_EACH / 2);
        assertThat(browser.cart().visits()).isGreaterThan(acknowledged.get());
        System.out.println(acknowledged + " of " + TABS * TIMES_EACH + " increments acknowledged through a kill, the"
                + " counter lost none");
    }

    private static void countUp(Browser browser, AtomicInteger acknowledged) {
        for (int i = 0; i < TIMES_EACH; i++) {
            try {
                Answer answer = browser.get("/api/cart");
                if (answer.status() == 200) {
                    acknowledged.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                // it died with the node
            }
        }
    }
}
