package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.load.Ledger;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code SIGSTOP} for longer than the cluster waits for a heartbeat: the sleeper is taken over, and then wakes up. */
class SuspendedNodeIT {

    private static final int SESSIONS = 10;
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(60);

    private final Ledger<Browser> ledger = new Ledger<>();

    @Test
    void whatTheSleeperDoesWhenItWakesOverwritesNothing() throws Exception {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON)) {
            for (int round = 0; round < Effort.times(1, 10); round++) {
                Node sleeper = cluster.nodes().get(round % 3);
                sleepAndWake(cluster, sleeper, round);
            }
        }
    }

    private void sleepAndWake(Cluster cluster, Node sleeper, int round) throws Exception {
        List<Browser> browsers = Stream.generate(cluster::browser)
                .limit(1_000)
                .filter(browser -> browser.add("mug").node().equals(sleeper.name()))
                .limit(SESSIONS)
                .toList();
        assertThat(browsers).hasSize(SESSIONS);
        ExecutorService tabs = Executors.newFixedThreadPool(SESSIONS);
        try {
            cluster.suspend(sleeper.name());
            // its kernel still takes them; it finds them when it wakes up
            for (Browser browser : browsers) {
                Browser direct = Browser.with(sleeper.uri(), untagged(browser.session()));
                tabs.execute(() -> buy(browser, direct, "asleep" + round));
            }
            browsers.forEach(browser -> await("another node to take over")
                    .atMost(TAKEOVER_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> buy(browser, browser, "awake" + round)));
        } finally {
            cluster.resume(sleeper.name());
            tabs.shutdown();
            assertThat(tabs.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        browsers.forEach(browser -> buy(browser, browser, "after" + round));
        cluster.repair();

        List<String> wrongs = new ArrayList<>();
        browsers.forEach(
                browser -> wrongs.addAll(ledger.wrongs(browser, browser.cart().items())));
        assertThat(wrongs).isEmpty();
        System.out.println(sleeper.name() + " slept, was taken over and woke: " + ledger.count()
                + " purchases acknowledged in all, none overwritten");
    }

    /** Writes it down for the owner of the cart when it was acknowledged. */
    private boolean buy(Browser owner, Browser by, String item) {
        try {
            Answer answer = by.post("/api/cart?item=" + item);
            boolean acknowledged =
                    answer.status() == 200 && answer.cart().items().contains("mug");
            if (acknowledged) {
                ledger.acknowledge(owner, item);
            }
            return acknowledged;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static String untagged(String session) {
        return session.substring(0, session.lastIndexOf('.'));
    }
}
