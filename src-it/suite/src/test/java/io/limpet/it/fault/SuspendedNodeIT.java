package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code SIGSTOP} for longer than the cluster waits for a heartbeat: the sleeper is taken over, and then wakes up. What it
 * finds to do then is done before it has found the others again, so it begins nothing in the store. Without a quorum it
 * serves its own copy and queues, and what contradicts the others is lost (docs/failover.md, "Not guaranteed"). With a
 * quorum it refuses what it could not keep.
 */
class SuspendedNodeIT {

    private static final int SESSIONS = 10;
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(60);
    /** Longer than the sleep: the sleeper's own answers are what this is about. */
    private static final Duration PATIENCE = TAKEOVER_LIMIT.multipliedBy(2);
    /** The proxy may ask the sleeper before it knows, and then the client asks again. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(5);

    /** Whose promises must be kept. */
    private final Ledger<Browser> ledger = new Ledger<>();
    /** What the sleeper says that it has done without a quorum; nobody promises that, see docs/failover.md. */
    private final Ledger<Browser> sleepers = new Ledger<>();

    private final AtomicInteger items = new AtomicInteger();

    @Test
    void withAQuorumAllThatWasAcknowledgedIsKeptAlsoByTheSleeper() throws Exception {
        sleepAndWake(Failover.QUORUM, ledger);
    }

    @Test
    void withoutAQuorumWhatTheSleeperDoesWhenItWakesOverwritesNothing() throws Exception {
        assumeTrue(Effort.isFull(), "in the long run only");
        sleepAndWake(Failover.ON, sleepers);
    }

    private void sleepAndWake(Failover failover, Ledger<Browser> sleepersBook) throws Exception {
        try (Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, failover)) {
            for (int round = 0; round < Effort.times(1, 10); round++) {
                sleepAndWake(cluster, cluster.nodes().get(round % 3), sleepersBook);
            }
        }
    }

    private void sleepAndWake(Cluster cluster, Node sleeper, Ledger<Browser> sleepersBook) throws Exception {
        List<Browser> browsers = Stream.generate(cluster::browser)
                .limit(1_000)
                .filter(browser -> browser.add("mug").node().equals(sleeper.name()))
                .limit(SESSIONS)
                .map(browser -> Browser.with(cluster.uri(), browser.session(), IMPATIENCE))
                .toList();
        assertThat(browsers).hasSize(SESSIONS);
        AtomicInteger kept = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        ExecutorService tabs = Executors.newFixedThreadPool(SESSIONS);
        try {
            cluster.suspend(sleeper.name());
            // its kernel still takes them; it finds them when it wakes up
            for (Browser browser : browsers) {
                Browser direct = Browser.with(sleeper.uri(), browser.untagged(), PATIENCE);
                tabs.execute(() -> (buy(browser, direct, sleepersBook) ? kept : refused).incrementAndGet());
            }
            browsers.forEach(browser -> await("another node to take over")
                    .atMost(TAKEOVER_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> buy(browser, browser, ledger)));
        } finally {
            cluster.resume(sleeper.name());
            tabs.shutdown();
            assertThat(tabs.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(kept.get() + refused.get()).as("answers of the sleeper").isEqualTo(SESSIONS);
        cluster.repair();
        browsers.forEach(browser -> assertThat(buy(browser, browser, ledger)).isTrue());

        List<String> wrongs = new ArrayList<>();
        browsers.forEach(
                browser -> wrongs.addAll(ledger.wrongs(browser, browser.cart().items())));
        assertThat(wrongs).isEmpty();
        System.out.println(sleeper.name() + " slept, was taken over and woke: " + ledger.count()
                + " purchases acknowledged in all, none overwritten; of its own " + kept + " were acknowledged, "
                + refused
                + " refused");
    }

    /** Writes it down for the owner of the cart when it was acknowledged. */
    private boolean buy(Browser owner, Browser by, Ledger<Browser> book) {
        // never twice the same: what got no answer may be done later
        String item = "item" + items.incrementAndGet();
        try {
            Answer answer = by.post("/api/cart?item=" + item);
            boolean acknowledged =
                    answer.status() == 200 && answer.cart().items().contains(item);
            if (acknowledged) {
                book.acknowledge(owner, item);
            }
            return acknowledged;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
