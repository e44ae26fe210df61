package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FailureTest {

    @Test
    void aKilledMemberLosesNothingThatWasAcknowledged() {
        try (Cluster cluster = new Cluster(3).startAll()) {
            cluster.awaitBackups();
            SessionStore survivor = cluster.store(0);
            AtomicBoolean stop = new AtomicBoolean();
            List<Writer> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(new Writer(survivor, "writer" + i, stop));
            }
            awaitProgress(writers);
            long before = survivor.trustGeneration();

            cluster.kill(2);
            awaitProgress(writers);
            cluster.awaitSize(2);
            cluster.awaitBackups();
            cluster.kill(1);
            awaitProgress(writers);
            stop.set(true);
            writers.forEach(writer -> writer.done.join());

            assertThat(survivor.trustGeneration()).isGreaterThan(before);
            Awaitility.await().until(() -> survivor.state() == StoreState.DEGRADED);
            assertThat(writers).allSatisfy(Writer::nothingIsLostOrDoubled);
        }
    }

    @Test
    void nodesThatStopOneAfterAnotherLoseNothing() {
        try (Cluster cluster = new Cluster(3).startAll()) {
            for (int i = 0; i < 300; i++) {
                cluster.store(i % 3).save("session" + i, whole(1, "n", String.valueOf(i)));
            }

            cluster.store(2).close();
            cluster.store(1).close();

            for (int i = 0; i < 300; i++) {
                assertThat(text(((Found) cluster.store(0).load("session" + i)).record(), "n"))
                        .isEqualTo(String.valueOf(i));
            }
        }
    }

    @Test
    void membersThatStartTogetherFindEachOther() {
        try (Cluster cluster = new Cluster(3)) {
            List<CompletableFuture<SessionStore>> starting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int position = i;
                starting.add(
                        CompletableFuture.supplyAsync(() -> cluster.start(position), task -> new Thread(task).start()));
            }
            starting.forEach(CompletableFuture::join);

            cluster.awaitSize(3);
        }
    }

    @Test
    void aMemberThatWasStoppedAnswersNobody() {
        try (Cluster cluster = new Cluster(1).startAll()) {
            SessionStore store = cluster.store(0);
            store.close();

            assertThatThrownBy(() -> store.load("4F2A"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("this member is stopping");
        }
    }

    @Test
    void aTakenPortIsReportedWithTheRemedy() {
        try (Cluster cluster = new Cluster(1).startAll()) {
            ClusterSettings same = cluster.settings(0, List.of());

            assertThatThrownBy(() -> HazelcastStore.start(same, N1, "/shop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(cluster.address(0).toString())
                    .hasMessageContaining("failover=false");
        }
    }

    /** Until each has 200 more, or one has failed. */
    private static void awaitProgress(List<Writer> writers) {
        List<Long> targets =
                writers.stream().map(writer -> writer.acknowledged + 200).toList();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            boolean all = true;
            for (int i = 0; i < targets.size(); i++) {
                all &= writers.get(i).acknowledged >= targets.get(i);
            }
            return all || writers.stream().anyMatch(writer -> writer.done.isDone());
        });
    }

    /** Writes the numbers 1, 2, 3... into one attribute, and keeps what was acknowledged. */
    private static final class Writer implements Runnable {
        private final SessionStore store;
        private final String key;
        private final AtomicBoolean stop;
        private final CompletableFuture<Void> done;
        volatile long acknowledged;
        private long version;

        Writer(SessionStore store, String key, AtomicBoolean stop) {
            this.store = store;
            this.key = key;
            this.stop = stop;
            done = CompletableFuture.runAsync(this, task -> new Thread(task).start());
        }

        @Override
        public void run() {
            long base = 0;
            while (!stop.get()) {
                version++;
                long next = acknowledged + 1;
                Save save = new Save(
                        N1, EPOCH, base, version, META, attributes("n", String.valueOf(next)), Set.of(), base == 0);
                try {
                    SaveResult result = store.save(key, save);
                    assertThat(result).isEqualTo(SaveResult.SAVED);
                    acknowledged = next;
                    base = version;
                } catch (StoreUnavailableException e) {
                    assertThat(e).hasMessageContaining("no answer within");
                }
            }
        }

        void nothingIsLostOrDoubled() {
            assertThat(text(((Found) store.load(key)).record(), "n")).isEqualTo(String.valueOf(acknowledged));
        }
    }
}
