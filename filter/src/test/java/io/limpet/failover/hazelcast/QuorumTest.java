package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuorumTest {

    @Test
    void aMinorityRefusesAndTheMajorityGoesOn() {
        try (Cluster cluster = new Cluster(3, 2).startAll()) {
            cluster.awaitBackups();
            SessionStore majority = cluster.store(0);
            SessionStore minority = cluster.store(2);
            minority.save("before", whole(1, "cart", "tea"));
            long trusted = minority.trustGeneration();

            cluster.cutOff(2);

            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(() -> minority.save("late", whole(1)))
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("members"));
            assertThatThrownBy(() -> minority.load("before")).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> minority.claim("before", new Claim(N1, NOW << 12, NOW)))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(minority.state()).isEqualTo(StoreState.DEGRADED);
            Awaitility.await().until(() -> minority.trustGeneration() > trusted);

            assertThat(majority.save("after", whole(1, "cart", "milk"))).isEqualTo(SaveResult.SAVED);
            assertThat(text(((Found) majority.load("before")).record(), "cart")).isEqualTo("tea");

            cluster.awaitSize(3);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .untilAsserted(() -> assertThat(text(((Found) minority.load("after")).record(), "cart"))
                            .isEqualTo("milk"));
        }
    }

    @Test
    void aNodeThatStartsAloneWaitsForTheOthers() {
        try (Cluster cluster = new Cluster(2, 2)) {
            SessionStore first = cluster.start(0);
            assertThatThrownBy(() -> first.save("4F2A", whole(1))).isInstanceOf(StoreUnavailableException.class);

            cluster.start(1);
            cluster.awaitSize(2);

            Awaitility.await()
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .untilAsserted(
                            () -> assertThat(first.save("4F2A", whole(1))).isEqualTo(SaveResult.SAVED));
        }
    }
}
