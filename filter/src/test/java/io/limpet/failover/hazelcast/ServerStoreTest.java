package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.record;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionMeta;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.SessionStoreContract;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store as a client of three Hazelcast servers that know nothing of Limpet. */
@Timeout(120)
class ServerStoreTest implements SessionStoreContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // before all
    private static StockMembers servers;

    @SuppressWarnings("NullAway.Init") // before all
    private static List<SessionStore> nodes;

    private final String key = newKey();
    private final SessionStore n1 = node(1);
    private final SessionStore n2 = node(2);

    @BeforeAll
    static void start(@TempDir Path directory) {
        servers = new StockMembers(3, directory, StockMembers.PROTECTED);
        Duration patient = Duration.ofSeconds(4); // servers that have just started on a busy machine are slow
        nodes = List.of(servers.connect(1, patient), servers.connect(2, patient), servers.connect(3, patient));
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> node.state() == StoreState.HEALTHY));
        servers.awaitShared();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Override
    public SessionStore node(int number) {
        return nodes.get(number - 1);
    }

    @Test
    void theOtherNodesAreToldWhoTookASession() {
        List<Taken> heard = new CopyOnWriteArrayList<>();
        n1.onTaken(heard::add);
        n1.save(key, whole(1));

        // a hint: one that is given while a server joins may be lost
        List<Taken> told = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            Claimed claimed = (Claimed) n2.claim(key, new Claim(N2, NOW << 12, NOW));
            told.add(new Taken(key, N2, claimed.record().epoch()));
            return heard.stream().anyMatch(told::contains);
        });
    }

    @Test
    void everySaveReArmsTheTimeToLive() {
        n1.save(key, whole(1));
        awaitSecondsToLive(1800L + 180 + 300);

        n1.save(key, new Save(N1, EPOCH, 1, 2, meta(60), attributes(), Set.of(), false));
        awaitSecondsToLive(60L + 6 + 300);

        n1.save(key, new Save(N1, EPOCH, 2, 3, meta(-1), attributes(), Set.of(), false));
        await().until(() -> map().getEntryView(key).getExpirationTime() == Long.MAX_VALUE);

        n1.end(key, new End(N1, EPOCH, NOW));
        awaitSecondsToLive(7L * 24 * 3600);
    }

    @Test
    void aCorruptEntryCountsAsMissingAndAWholeSaveMendsIt() {
        map().set(key, new byte[] {1, 2, 3});

        assertThat(n1.load(key)).isEqualTo(new LookupResult.Missing());
        assertThat(n1.save(key, delta(1, 2))).isEqualTo(SaveResult.MISSING);
        assertThat(n1.save(key, whole(2, "cart", "tea"))).isEqualTo(SaveResult.SAVED);
        assertThat(text(((Found) n2.load(key)).record(), "cart")).isEqualTo("tea");
    }

    @Test
    void anEntryOfANewerLimpetIsLeftAlone() {
        byte[] newer = EntryFormat.encode(record(1, "cart", "tea"));
        newer[2] = 99;
        map().set(key, newer);

        assertThatThrownBy(() -> n1.load(key)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> n1.save(key, whole(2)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("finish the upgrade");
        assertThat(map().get(key)).isEqualTo(newer);
    }

    @Test
    void aClientListensNowhere() {
        assertThat(ListeningSockets.ofThisProcess()).isEmpty();
    }

    private static IMap<String, byte[]> map() {
        HazelcastInstance client = HazelcastClient.getAllHazelcastClients().stream()
                .filter(candidate -> candidate.getName().startsWith("limpet-n1-"))
                .findFirst()
                .orElseThrow();
        return client.getMap(StockMembers.mapName());
    }

    /** Nobody waits for it; and Hazelcast keeps expiry in whole seconds. */
    private void awaitSecondsToLive(long seconds) {
        await().until(() -> {
            long left = map().getEntryView(key).getExpirationTime() - System.currentTimeMillis();
            return Math.abs(left / 1000.0 - seconds) <= 2;
        });
    }

    private static SessionMeta meta(int maxInactiveSeconds) {
        return new SessionMeta(META.ids(), META.creationTime(), META.lastAccess(), maxInactiveSeconds);
    }
}
