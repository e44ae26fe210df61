package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.limpet.failover.protocol.Trust;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MembershipViewTest {

    private final HazelcastInstance hazelcast = mock();
    private final Cluster cluster = mock();
    private final Membership membership = new Membership(hazelcast, new Trust(() -> 0));

    private static Member member(long uuid) {
        Member member = mock();
        when(member.getUuid()).thenReturn(new UUID(0, uuid));
        return member;
    }

    @Test
    void aProofOfTheFormerMembersIsNoneWhenOneWasReplacedByAnother() {
        Member self = member(1);
        Member second = member(2);
        Member third = member(3);
        IExecutorService executor = mock();
        when(hazelcast.getCluster()).thenReturn(cluster);
        when(hazelcast.getExecutorService("limpet.membership")).thenReturn(executor);

        when(cluster.getMembers()).thenReturn(Set.of(self, second));
        var first = membership.proof();
        assertThat(membership.proof()).isSameAs(first);

        when(cluster.getMembers()).thenReturn(Set.of(self, third));
        assertThat(membership.proof()).isNotSameAs(first);
    }
}
