package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AnnouncementTest {

    private static final String URL = "http://10.0.0.2:8080";

    private static SessionStore announcing(Cluster cluster) {
        ClusterSettings plain =
                cluster.settings(1, new Members.Listed(List.of(cluster.address(0), cluster.address(1))));
        return HazelcastStore.start(
                plain.with(new Proxies(Optional.empty(), Optional.of(URL))), Cluster.node(1), "/shop");
    }

    @Test
    void aNodeIsAnnouncedForAWhileAndNoLongerThanItIsThere() {
        try (Cluster cluster = new Cluster(2)) {
            cluster.start(0);
            IMap<String, String> nodes = cluster.instance(0).getMap(Announcement.MAP);
            SessionStore store = announcing(cluster);
            try {
                await().atMost(Duration.ofSeconds(30)).until(() -> URL.equals(nodes.get("n2 /shop")));
                assertThat(nodes.size()).isEqualTo(1);
                assertThat(nodes.getEntryView("n2 /shop").getTtl()).isEqualTo(Announcement.HOLDS.toMillis());
            } finally {
                store.close();
            }
            assertThat(nodes.isEmpty()).isTrue();
        }
    }
}
