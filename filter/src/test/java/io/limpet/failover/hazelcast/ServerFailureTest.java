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
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void aServerThatHangsHoldsNobodyLongerThanTheTimeout() {
        awaitAllServers();

        servers.suspend(2);

        List<Long> millis = new ArrayList<>();
        int failures = 0;
        for (int i = 0; i < 20 && failures < 4; i++) {
            long begin = System.nanoTime();
            try {
                node.save("session" + i, whole(1));
            } catch (StoreUnavailableException e) {
                failures++;
            }
            millis.add((System.nanoTime() - begin) / 1_000_000);
        }
        assertThat(failures).as("saves that met it").isPositive();
        assertThat(millis).allSatisfy(taken -> assertThat(taken).isLessThan(BOUND_MILLIS));
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .untilAsserted(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(node.save("later" + i, whole(1))).isEqualTo(SaveResult.SAVED);
                    }
                });
    }
}
