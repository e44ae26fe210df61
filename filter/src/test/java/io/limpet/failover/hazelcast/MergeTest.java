package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.EntryView;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionMeta;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** Hazelcast would give it what the stale record has left. */
    @Test
    void theEntryThatStaysKeepsItsOwnTimeToLive() {
        try (Cluster cluster = new Cluster(2)) {
            List<SessionStore> stores =
                    List.of(cluster.start(0, List.of(cluster.address(1))), cluster.start(1, List.of()));
            for (int i = 0; i < 2; i++) {
                SessionStore later = stores.get(i);
                SessionStore stale = stores.get(1 - i);
                save(stale, "ended by " + i, N2, EPOCH, 9);
                later.end("ended by " + i, new End(N1, EPOCH, NOW));
                save(stale, "saved by " + i, N2, EPOCH, 9);
                later.save("saved by " + i, new Save(N1, EPOCH + 1, 0, 1, meta(86_400), Map.of(), Set.of(), true));
                save(stale, "for ever by " + i, N2, EPOCH, 9);
                later.save("for ever by " + i, new Save(N1, EPOCH + 1, 0, 1, meta(-1), Map.of(), Set.of(), true));
            }

            cluster.awaitSize(2);

            long day = System.currentTimeMillis() + 86_000_000;
            for (int position = 0; position < 2; position++) {
                IMap<String, byte[]> map = cluster.map(position);
                for (int i = 0; i < 2; i++) {
                    String by = " by " + i;
                    Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                        assertThat(expires(map, "ended" + by)).as("ended" + by).isGreaterThan(day);
                        assertThat(expires(map, "saved" + by)).as("saved" + by).isGreaterThan(day);
                        assertThat(expires(map, "for ever" + by)).isEqualTo(Long.MAX_VALUE);
                    });
                }
            }
        }
    }

    private static long expires(IMap<String, byte[]> map, String key) {
        EntryView<String, byte[]> view = map.getEntryView(key);
        return view == null ? -1 : view.getExpirationTime();
    }

    private static SessionMeta meta(int maxInactiveSeconds) {
        return new SessionMeta(META.ids(), META.creationTime(), META.lastAccess(), maxInactiveSeconds);
    }

    private static void save(SessionStore store, String key, Route owner, long epoch, long version) {
        store.save(key, new Save(owner, epoch, 0, version, META, attributes("by", owner.name()), Set.of(), true));
    }

    private static String ownerOf(SessionStore store, String key) {
        return store.load(key) instanceof Found found ? text(found.record(), "by") : "(nobody)";
    }
}
