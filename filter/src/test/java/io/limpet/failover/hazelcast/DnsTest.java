package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The name is that of this machine, which needs no DNS server and is resolved in the same way. */
@Timeout(60)
class DnsTest {

    @Test
    void membersFindTheMemberThatANameLeadsTo() {
        try (Cluster cluster = new Cluster(2)) {
            Members byName = new Members.Dns("localhost", cluster.address(0).port());
            SessionStore first = cluster.start(0, byName);
            SessionStore second = cluster.start(1, byName);
            cluster.awaitSize(2);
            save(first, whole(1, "cart", "tea"));
            awaitCart(second, "tea");
        }
    }

    /** On a machine that does much else a member may be silent for longer than a request would wait. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).ignoreExceptionsInstanceOf(StoreUnavailableException.class);
    }

    private static void save(SessionStore store, Save save) {
        patiently().until(() -> store.save("4F2A", save) == SaveResult.SAVED);
    }

    private static void awaitCart(SessionStore store, String items) {
        patiently()
                .untilAsserted(() -> assertThat(text(((Found) store.load("4F2A")).record(), "cart"))
                        .isEqualTo(items));
    }
}
