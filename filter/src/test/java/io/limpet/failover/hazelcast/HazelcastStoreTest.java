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

import com.hazelcast.nio.serialization.HazelcastSerializationException;
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
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store over three real members inside this process. */
class HazelcastStoreTest implements SessionStoreContract {

    /** Hazelcast keeps expiry in whole seconds. */
    private static final Offset<Long> SECONDS = Offset.offset(2L);

    private static final Cluster cluster = new Cluster(3);

    /** A class that an attacker would like to see instantiated. */
    private record Gadget(String payload) implements Serializable {}

    private final String key = UUID.randomUUID().toString();
    private final SessionStore n1 = cluster.store(0);
    private final SessionStore n2 = cluster.store(1);

    @Override
    public SessionStore node(int number) {
        return cluster.store(number - 1);
    }

    @BeforeAll
    static void start() {
        cluster.startAll();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theOtherNodesAreToldWhoTookASession() {
        List<Taken> heard = new CopyOnWriteArrayList<>();
        n1.onTaken(heard::add);
        n1.save(key, whole(1));

        Claimed claimed = (Claimed) n2.claim(key, new Claim(N2, NOW << 12, NOW));

        await().until(() -> heard.contains(new Taken(key, N2, claimed.record().epoch())));
    }

    @Test
    void everySaveReArmsTheTimeToLive() {
        n1.save(key, whole(1));
        assertThat(secondsToLive()).isCloseTo(1800L + 180 + 300, SECONDS);

        n1.save(key, new Save(N1, EPOCH, 1, 2, meta(60), attributes(), Set.of(), false));
        assertThat(secondsToLive()).isCloseTo(60L + 6 + 300, SECONDS);

        n1.save(key, new Save(N1, EPOCH, 2, 3, meta(-1), attributes(), Set.of(), false));
        assertThat(cluster.map(0).getEntryView(key).getExpirationTime()).isEqualTo(Long.MAX_VALUE);

        n1.end(key, new End(N1, EPOCH, NOW));
        assertThat(secondsToLive()).isCloseTo(7L * 24 * 3600, SECONDS);
    }

    @Test
    void aCorruptEntryCountsAsMissingAndAWholeSaveMendsIt() {
        cluster.map(0).set(key, new byte[] {1, 2, 3});

        assertThat(n1.load(key)).isEqualTo(new LookupResult.Missing());
        assertThat(n1.save(key, delta(1, 2))).isEqualTo(SaveResult.MISSING);
        assertThat(n1.save(key, whole(2, "cart", "tea"))).isEqualTo(SaveResult.SAVED);
        assertThat(text(((Found) n2.load(key)).record(), "cart")).isEqualTo("tea");
    }

    @Test
    void anEntryOfANewerLimpetIsLeftAlone() {
        byte[] newer = EntryFormat.encode(record(1, "cart", "tea"));
        newer[2] = 99;
        cluster.map(0).set(key, newer);

        assertThatThrownBy(() -> n1.load(key))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("finish the upgrade")
                .hasMessageNotContaining(key);
        assertThatThrownBy(() -> n1.save(key, whole(2))).isInstanceOf(StoreUnavailableException.class);
        assertThat(cluster.map(0).get(key)).isEqualTo(newer);
    }

    @Test
    void theStoreIsHealthyOnceThereIsASecondMemberAndTheCopiesAreMade() {
        await().atMost(Duration.ofSeconds(10)).until(() -> n1.state() == StoreState.HEALTHY);
    }

    @Test
    void membersInstantiateNoClassesOfOthersFromBytes() {
        cluster.instance(0).getMap("other").set("gadget", new Gadget("x"));

        assertThatThrownBy(() -> cluster.instance(0).getMap("other").get("gadget"))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasStackTraceContaining("not allowed");
    }

    @Test
    void everySocketListensOnLoopback() {
        assertThat(ListeningSockets.ofThisProcess())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address.isLoopbackAddress())
                        .as("%s", address)
                        .isTrue());
    }

    private long secondsToLive() {
        long left = cluster.map(0).getEntryView(key).getExpirationTime() - System.currentTimeMillis();
        return Math.round(left / 1000.0);
    }

    private static SessionMeta meta(int maxInactiveSeconds) {
        return new SessionMeta(META.ids(), META.creationTime(), META.lastAccess(), maxInactiveSeconds);
    }
}
