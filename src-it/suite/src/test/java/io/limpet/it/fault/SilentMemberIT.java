package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.Node;
import io.limpet.it.load.Ledger;
import io.limpet.it.load.SteadyShoppers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A member of three that keeps entries of the others' sessions says nothing for a while, too short to be given up. Those
 * whose entries it keeps wait now and then, the others never, none is refused ({@code on-store-failure=serve}); and when
 * it is back, all that was acknowledged meanwhile is on a second node.
 */
class SilentMemberIT {

    private static final int SESSIONS_PER_NODE = 60;
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** As {@code store-timeout} is unless told. */
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(1);
    /** More than two loaded cores make of a request that waits for nobody. */
    private static final Duration WAITED = STORE_TIMEOUT.dividedBy(2);
    /** One call to the store, one wait for somebody else's of the same session, and what these cores take. */
    private static final Duration MOST = STORE_TIMEOUT.multipliedBy(2).plus(WAITED);
    /** Below the ten seconds after which the others would go on without it. */
    private static final Duration SILENCE = Duration.ofSeconds(6);

    /** How often each was asked before, for the compiler's sake. */
    private static final int WARM = 8;

    private static Cluster cluster;

    private final Ledger<Browser> ledger = new Ledger<>();
    private final AtomicInteger items = new AtomicInteger();
    private final List<Browser> browsers = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    void whoNeedsASilentMemberWaitsNowAndThenNobodyElseDoesAndAllIsSavedWhenItIsWell() {
        Node silent = begin();
        isSlow(silent);
        hangs(silent);
        assertThatAllIsOnASecondNode();
    }

    /** It is heard of again as soon as anybody says that the store is degraded. */
    private void isSlow(Node slow) {
        SteadyShoppers shoppers = new SteadyShoppers(browsers, PAUSE, ledger, items);
        try (shoppers) {
            for (int i = 0; i < 2; i++) {
                int before = shoppers.count();
                cluster.suspend(slow.name());
                try {
                    await("a store that is slow")
                            .atMost(SILENCE)
                            .until(() -> cluster.others(slow.name()).stream()
                                    .anyMatch(node -> !cluster.isWell(node.name())));
                } finally {
                    cluster.resume(slow.name());
                }
                await("answers").atMost(SILENCE).until(() -> shoppers.count() > before + browsers.size());
            }
        }
        report("slow", shoppers);
        assertThatNobodyIsRefused(shoppers);
        awaitAllWell();
    }

    private void hangs(Node hung) {
        SteadyShoppers shoppers;
        cluster.suspend(hung.name());
        try {
            shoppers = new SteadyShoppers(browsers, PAUSE, ledger, items);
            try (shoppers) {
                long end = System.nanoTime() + SILENCE.toNanos();
                await("the others to say so")
                        .atMost(SILENCE)
                        .until(() ->
                                cluster.others(hung.name()).stream().noneMatch(node -> cluster.isWell(node.name())));
                await("the end of the silence").atMost(SILENCE.plusSeconds(5)).until(() -> System.nanoTime() >= end);
                assertThat(cluster.others(hung.name())).noneMatch(node -> cluster.isWell(node.name()));
            }
        } finally {
            cluster.resume(hung.name());
        }
        report("hung", shoppers);
        assertThatNobodyIsRefused(shoppers);
        // one pair of members keeps the entries of each, and of six pairs it is in four
        assertThat(shoppers.neverSlower(WAITED)).isGreaterThanOrEqualTo(browsers.size() / 8);
        // each may once, before anybody knows, and then one of each pair's now and then; were their breakers shared
        // with entries of others, whose answers close them, most would wait every time
        assertThat(shoppers.slower(WAITED)).isLessThan(browsers.size() * 2L);
        awaitAllWell();
    }

    private static void assertThatNobodyIsRefused(SteadyShoppers shoppers) {
        assertThat(shoppers.tally().refused())
                .as("refused: %s", shoppers.tally())
                .isZero();
        assertThat(shoppers.percentile(99)).isLessThan(MOST);
    }

    /** What was served meanwhile is saved by then. */
    private static void awaitAllWell() {
        await("all to be well")
                .atMost(Duration.ofSeconds(60))
                .until(() -> cluster.nodes().stream().allMatch(node -> cluster.isWell(node.name())));
    }

    /** Sessions of two nodes, warm; answers the third node. */
    private Node begin() {
        Node silent = cluster.nodes().get(0);
        cluster.others(silent.name())
                .forEach(node -> Stream.generate(() -> Browser.at(node.uri()))
                        .limit(SESSIONS_PER_NODE)
                        .forEach(browsers::add));
        try (SteadyShoppers warm = new SteadyShoppers(browsers, PAUSE, ledger, items)) {
            await("warm nodes").atMost(Duration.ofSeconds(60)).until(() -> warm.count() >= browsers.size() * WARM);
            assertThat(warm.tally().refused()).isZero();
        }
        return silent;
    }

    private static void report(String what, SteadyShoppers shoppers) {
        System.out.println("a member was " + what + ": " + shoppers.count() + " answers, p50 "
                + shoppers.percentile(50).toMillis() + " ms, p90 "
                + shoppers.percentile(90).toMillis() + " ms, p99 "
                + shoppers.percentile(99).toMillis() + " ms; " + shoppers.slower(WAITED) + " waited, "
                + shoppers.neverSlower(WAITED) + " shoppers never did; " + shoppers.tally());
    }

    /** The memory of the node that served them is not asked: it is gone. */
    private void assertThatAllIsOnASecondNode() {
        Node gone = cluster.nodes().get(1);
        Node next = cluster.nodes().get(2);
        cluster.kill(gone.name());
        List<String> wrongs = new ArrayList<>();
        for (Browser browser : browsers) {
            Browser client = Browser.with(next.uri(), browser.untagged());
            wrongs.addAll(ledger.wrongs(
                    browser,
                    await().atMost(Duration.ofSeconds(30))
                            .pollDelay(Duration.ZERO)
                            .until(() -> client.get("/api/cart"), answer -> answer.status() == 200)
                            .cart()
                            .items()));
        }
        assertThat(wrongs).isEmpty();
    }
}
