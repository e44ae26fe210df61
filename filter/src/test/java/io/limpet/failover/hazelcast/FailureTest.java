package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
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
            Writer.awaitProgress(writers);
            long before = survivor.trustGeneration();

            cluster.kill(2);
            Writer.awaitProgress(writers);
            cluster.awaitSize(2);
            cluster.awaitBackups();
            cluster.kill(1);
            Writer.awaitProgress(writers);
            stop.set(true);
            writers.forEach(Writer::join);

            assertThat(survivor.trustGeneration()).isGreaterThan(before);
            Awaitility.await().until(() -> survivor.state() == StoreState.DEGRADED);
            assertThat(writers).allSatisfy(Writer::nothingIsLostOrDoubled);
        }
    }

    @Test
    void nodesThatStopOneAfterAnotherLoseNothing() {
        try (Cluster cluster = new Cluster(3).startAll()) {
            cluster.awaitBackups();
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
            ClusterSettings same = cluster.settings(0, Members.NONE);

            assertThatThrownBy(() -> HazelcastStore.start(same, N1, "/shop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(cluster.address(0).toString())
                    .hasMessageContaining("failover=false");
        }
    }
}
