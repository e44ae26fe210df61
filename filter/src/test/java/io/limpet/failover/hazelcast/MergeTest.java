package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MergeTest {

    @Test
    void halvesThatMeetAgainKeepTheLaterEpochAndEveryTombstone() {
        try (Cluster cluster = new Cluster(2)) {
            // the second knows nobody and begins a cluster of its own; the first looks for it and finds it
            SessionStore one = cluster.start(0, List.of(cluster.address(1)));
            SessionStore other = cluster.start(1, List.of());
            for (int i = 0; i < 50; i++) {
                save(one, "first later " + i, N1, EPOCH + 1, 1);
                save(other, "first later " + i, N2, EPOCH, 9);
                save(one, "second later " + i, N1, EPOCH, 9);
                save(other, "second later " + i, N2, EPOCH + 1, 1);
                save(one, "only first " + i, N1, EPOCH, 1);
                save(other, "only second " + i, N2, EPOCH, 1);
                one.end("ended " + i, new End(N1, EPOCH, NOW));
                save(other, "ended " + i, N2, EPOCH + 5, 9);
            }
            long before = one.trustGeneration() + other.trustGeneration();

            cluster.awaitSize(2);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .untilAsserted(() -> {
                        for (SessionStore store : List.of(one, other)) {
                            for (int i = 0; i < 50; i++) {
                                assertThat(ownerOf(store, "first later " + i)).isEqualTo(N1.name());
                                assertThat(ownerOf(store, "second later " + i)).isEqualTo(N2.name());
                                assertThat(ownerOf(store, "only first " + i)).isEqualTo(N1.name());
                                assertThat(ownerOf(store, "only second " + i)).isEqualTo(N2.name());
                                assertThat(store.load("ended " + i)).isEqualTo(new LookupResult.Ended());
                            }
                        }
                    });
            assertThat(one.trustGeneration() + other.trustGeneration()).isGreaterThan(before);
        }
    }

    private static void save(SessionStore store, String key, Route owner, long epoch, long version) {
        store.save(key, new Save(owner, epoch, 0, version, META, attributes("by", owner.name()), Set.of(), true));
    }

    private static String ownerOf(SessionStore store, String key) {
        return store.load(key) instanceof Found found ? text(found.record(), "by") : "(nobody)";
    }
}
