package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KeepersTest {

    @Test
    void whatAMemberKeepsIsToldApartByWhoElseKeepsIt() {
        try (Cluster cluster = new Cluster(3).startAll()) {
            cluster.map(0).get("whoever is asked first"); // before that nobody keeps anything
            cluster.awaitBackups();
            Keepers keepers = Keepers.of(cluster.instance(0), cluster.map(0));
            Set<Object> found = new HashSet<>();

            IntStream.range(0, 500).mapToObj(i -> "session" + i).forEach(key -> {
                assertThat(keepers.of(key)).isInstanceOfSatisfying(Keepers.Pair.class, pair -> {
                    assertThat(pair.owner())
                            .isEqualTo(cluster.instance(1)
                                    .getPartitionService()
                                    .getPartition(key)
                                    .getOwner()
                                    .getAddress());
                    assertThat(pair.backup()).isNotNull().isNotEqualTo(pair.owner());
                    found.add(pair);
                });
            });
            assertThat(found).as("each of three with each other one").hasSize(6);
        }
    }

    @Test
    void whereNobodyTellsOfBackupsItIsTheOwner() {
        HazelcastInstance hazelcast = mock();
        PartitionService partitions = mock();
        Partition partition = mock();
        Member owner = mock();
        when(hazelcast.getPartitionService()).thenReturn(partitions);
        when(partitions.getPartition(anyString())).thenReturn(partition);
        when(partition.getOwner()).thenReturn(owner);

        assertThat(Keepers.of(hazelcast, mock()).of("session")).isSameAs(owner);
    }

    @Test
    void whileNobodyKeepsAnythingItIsNobody() {
        HazelcastInstance hazelcast = mock();
        when(hazelcast.getPartitionService()).thenThrow(new HazelcastInstanceNotActiveException());

        assertThat(Keepers.owner(hazelcast, "session")).isEqualTo(Keepers.NOBODY);
    }
}
