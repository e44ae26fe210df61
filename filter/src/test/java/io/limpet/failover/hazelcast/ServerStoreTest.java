package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store as a client of three Hazelcast servers that know nothing of Limpet. */
@Timeout(120)
class ServerStoreTest implements HazelcastStoreContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // before all
    private static StockMembers servers;

    @SuppressWarnings("NullAway.Init") // before all
    private static List<SessionStore> nodes;

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
    void aClientListensNowhere() {
        assertThat(ListeningSockets.ofThisProcess()).isEmpty();
    }

    @Test
    void theServersAreFoundByAName() {
        SessionStore byName = servers.connectByName(4);
        node(1).save("found", whole(1, "cart", "tea"));

        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .untilAsserted(() -> assertThat(text(((Found) byName.load("found")).record(), "cart"))
                        .isEqualTo("tea"));
    }

    @Override
    public IMap<String, byte[]> map() {
        HazelcastInstance client = HazelcastClient.getAllHazelcastClients().stream()
                .filter(candidate -> candidate.getName().startsWith("limpet-n1-"))
                .findFirst()
                .orElseThrow();
        return client.getMap(StockMembers.mapName());
    }
}
