package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.record;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.End;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionMeta;
import io.limpet.failover.protocol.SessionStoreContract;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What both topologies make of the map in which the entries are. */
interface HazelcastStoreContract extends SessionStoreContract {

    /** The entries themselves. */
    IMap<String, byte[]> map();

    @Test
    default void everySaveReArmsTheTimeToLive() {
        String key = newKey();
        node(1).save(key, whole(1));
        awaitSecondsToLive(key, 1800L + 180 + 300);

        node(1).save(key, new Save(N1, EPOCH, 1, 2, meta(60), attributes(), Set.of(), false));
        awaitSecondsToLive(key, 60L + 6 + 300);

        node(1).save(key, new Save(N1, EPOCH, 2, 3, meta(-1), attributes(), Set.of(), false));
        await().until(() -> map().getEntryView(key).getExpirationTime() == Long.MAX_VALUE);

        node(1).end(key, new End(N1, EPOCH, NOW));
        awaitSecondsToLive(key, 7L * 24 * 3600);
    }

    @Test
    default void aCorruptEntryCountsAsMissingAndAWholeSaveMendsIt() {
        String key = newKey();
        map().set(key, new byte[] {1, 2, 3});

        assertThat(node(1).load(key)).isEqualTo(new LookupResult.Missing());
        assertThat(node(1).save(key, delta(1, 2))).isEqualTo(SaveResult.MISSING);
        assertThat(node(1).save(key, whole(2, "cart", "tea"))).isEqualTo(SaveResult.SAVED);
        assertThat(text(((Found) node(2).load(key)).record(), "cart")).isEqualTo("tea");
    }

    @Test
    default void anEntryOfANewerLimpetIsLeftAlone() {
        String key = newKey();
        byte[] newer = EntryFormat.encode(record(1, "cart", "tea"));
        newer[2] = 99;
        map().set(key, newer);

        assertThatThrownBy(() -> node(1).load(key))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("finish the upgrade")
                .hasMessageNotContaining(key);
        assertThatThrownBy(() -> node(1).save(key, whole(2)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("finish the upgrade");
        assertThat(map().get(key)).isEqualTo(newer);
    }

    /** A client sets it afterwards, and nobody waits for it; and Hazelcast keeps expiry in whole seconds. */
    private void awaitSecondsToLive(String key, long seconds) {
        await().until(() -> {
            long left = map().getEntryView(key).getExpirationTime() - System.currentTimeMillis();
            return Math.abs(left / 1000.0 - seconds) <= 2;
        });
    }

    private static SessionMeta meta(int maxInactiveSeconds) {
        return new SessionMeta(META.ids(), META.creationTime(), META.lastAccess(), maxInactiveSeconds);
    }
}
