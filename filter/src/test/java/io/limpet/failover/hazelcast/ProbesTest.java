package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.partition.PartitionService;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.LookupResult;
import io.limpet.route.Route;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProbesTest {

    @Test
    void whatIsWrittenIsKeptWithItsEntryAndIsASessionForNobody() throws Exception {
        try (Cluster cluster = new Cluster(2).startAll()) {
            PartitionService partitions = cluster.instance(0).getPartitionService();
            Probes probes = new Probes(cluster.instance(0));
            Set<Integer> asked = IntStream.range(0, 20)
                    .mapToObj(i -> "session" + i)
                    .map(key -> partitions.getPartition(key).getPartitionId())
                    .collect(Collectors.toSet());

            for (int i = 0; i < 20; i++) {
                for (int again = 0; again < 2; again++) {
                    probes.write(cluster.map(0), "session" + i, 0)
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS);
                }
            }

            Set<String> written = cluster.map(0).keySet();
            assertThat(written)
                    .hasSameSizeAs(asked)
                    .allSatisfy(key -> assertThat(asked)
                            .contains(partitions.getPartition(key).getPartitionId()))
                    .allSatisfy(key -> assertThat(cluster.store(1).load(key)).isEqualTo(new LookupResult.Ended()))
                    .allSatisfy(
                            key -> assertThat(cluster.map(0).getEntryView(key).getTtl())
                                    .isEqualTo(60_000));
        }
    }

    @Test
    void itIsAsLongAsWhatWasNotAnsweredAndASessionForNobodyAllTheSame() throws Exception {
        try (Cluster cluster = new Cluster(1).startAll()) {
            int bytes = 100_000;
            new Probes(cluster.instance(0))
                    .write(cluster.map(0), "session", bytes)
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            String key = cluster.map(0).keySet().iterator().next();
            assertThat(cluster.map(0).get(key)).hasSizeGreaterThanOrEqualTo(bytes);
            assertThat(cluster.store(0).claim(key, new Claim(new Route("n1"), 1, System.currentTimeMillis())))
                    .isEqualTo(new ClaimResult.Missing());
        }
    }
}
