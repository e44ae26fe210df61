package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServerFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Its time-out, and what a busy machine needs to notice. */
    private static final long BOUND_MILLIS =
            Cluster.STORE_TIMEOUT.plusMillis(1500).toMillis();

    @SuppressWarnings("NullAway.Init") // before all
    private static StockMembers servers;

    @SuppressWarnings("NullAway.Init") // before all
    private static SessionStore node;

    @BeforeAll
    static void start(@TempDir Path directory) {
        servers = new StockMembers(3, directory, StockMembers.PROTECTED);
        node = servers.connect(1);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    /** Whatever the test before has done to the three servers. */
    private static void awaitAllServers() {
        servers.repair();
        await().atMost(PATIENCE).until(() -> node.state() == StoreState.HEALTHY);
    }

    @Test
    void aKilledServerLosesNothingThatWasAcknowledged() {
        awaitAllServers();
        AtomicBoolean stop = new AtomicBoolean();
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            writers.add(new Writer(node, "writer" + i, stop));
        }
        Writer.awaitProgress(writers);
        long before = node.trustGeneration();

        servers.kill(2);
        Writer.awaitProgress(writers);
        stop.set(true);
        writers.forEach(Writer::join);

        assertThat(node.trustGeneration()).isGreaterThan(before);
        assertThat(writers).allSatisfy(Writer::nothingIsLostOrDoubled);
    }

    @Test
    void aNodeWhoseServersAreGoneSaysSoAtOnceAndFindsThemAgain(@TempDir Path directory) {
        try (StockMembers server = new StockMembers(1, directory, "")) {
            SessionStore alone = server.connect(1);
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> alone.save("4F2A", whole(1)) == SaveResult.SAVED);
            long before = alone.trustGeneration();

            server.kill(0);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(() -> alone.load("4F2A"))
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("no member of the cluster is connected"));
            assertThat(alone.state()).isEqualTo(StoreState.DEGRADED);
            server.restart(0);

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> alone.load("4F2A").equals(new LookupResult.Missing()));
            assertThat(alone.trustGeneration()).isGreaterThan(before);
            assertThat(alone.save("4F2A", whole(2))).isEqualTo(SaveResult.SAVED);
        }
    }

    private record Tried(String key, boolean saved, long millis) {}

    private static List<Tried> saveAtOnce(List<String> keys) {
        ExecutorService threads = Executors.newFixedThreadPool(keys.size());
        try {
            List<CompletableFuture<Tried>> tries = keys.stream()
                    .map(key -> CompletableFuture.supplyAsync(() -> save(key), threads))
                    .toList();
            return tries.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static Tried save(String key) {
        long begin = System.nanoTime();
        boolean saved;
        try {
            saved = node.save(key, whole(1)) == SaveResult.SAVED;
        } catch (StoreUnavailableException e) {
            saved = false;
        }
        return new Tried(key, saved, (System.nanoTime() - begin) / 1_000_000);
    }

    @Test
    void aServerThatHangsHoldsWhoseEntriesItKeepsUpToTheTimeoutOnceItIsKnownNobodyAnyMoreAndNobodyElseEver() {
        awaitAllServers();
        List<String> keys = IntStream.range(0, 24).mapToObj(i -> "session" + i).toList();
        List<String> more = IntStream.range(24, 48).mapToObj(i -> "session" + i).toList();
        assertThat(saveAtOnce(keys)).as("before").allMatch(Tried::saved); // the first one ever asks all servers
        assertThat(saveAtOnce(more)).as("before").allMatch(Tried::saved);

        servers.suspend(2);

        List<Tried> first = saveAtOnce(keys);
        List<String> held =
                first.stream().filter(it -> !it.saved()).map(Tried::key).toList();
        List<String> others = keys.stream().filter(key -> !held.contains(key)).toList();
        assertThat(held).as("its entries").isNotEmpty().hasSizeLessThan(keys.size());
        assertThat(saveAtOnce(others)).as("of others").allMatch(Tried::saved);
        saveAtOnce(more); // may still wait, as long as those who are well are given to say so
        assertThat(saveAtOnce(more))
                .as("saved or refused at once, after one wait at most")
                .allSatisfy(it -> assertThat(it.millis()).isLessThan(Cluster.STORE_TIMEOUT.toMillis() / 2));
        List<Tried> later = new ArrayList<>(first);
        for (int i = 0; i < 2; i++) {
            assertThat(saveAtOnce(others)).as("of others").allMatch(Tried::saved);
            later.addAll(saveAtOnce(held));
        }
        assertThat(later).allSatisfy(it -> assertThat(it.millis()).isLessThan(BOUND_MILLIS));
        assertThat(saveAtOnce(others)).as("of others").allMatch(Tried::saved);
        assertThat(saveAtOnce(held))
                .as("refused at once by now, but for those that it is time to try again")
                .filteredOn(it -> it.millis() < Cluster.STORE_TIMEOUT.toMillis() / 2)
                .hasSizeGreaterThan(held.size() / 2);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .untilAsserted(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(node.save("later" + i, whole(1))).isEqualTo(SaveResult.SAVED);
                    }
                });
    }
}
