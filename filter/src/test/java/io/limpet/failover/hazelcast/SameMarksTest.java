package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.spi.partitiongroup.PartitionGroupMetaData;
import io.limpet.failover.LoggedLines;
import io.limpet.failover.protocol.EpochMark;
import io.limpet.route.Route;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SameMarksTest {

    private static final String SAME = IntStream.range(2, 1_000_000)
            .mapToObj(i -> "n" + i)
            .filter(name -> EpochMark.of(name) == EpochMark.of("n1"))
            .findFirst()
            .orElseThrow();

    private final SameMarks marks = new SameMarks(new Route("n1"));

    @AutoClose
    private final LoggedLines lines = LoggedLines.of(SameMarks.class);

    private static Member member(@Nullable String name) {
        Member member = mock();
        when(member.getAttribute(PartitionGroupMetaData.PARTITION_GROUP_NODE)).thenReturn(name);
        return member;
    }

    private void joins(Member member) {
        marks.memberAdded(
                new MembershipEvent(mock(Cluster.class), member, MembershipEvent.MEMBER_ADDED, Set.of(member)));
    }

    @Test
    void whoeverComesWithTheSameMarkIsNamedOnce() {
        joins(member(SAME));

        assertThat(lines.values()).hasToString("[n1, " + SAME + "]");
    }

    @Test
    void whoeverWasThereBeforeIsNamedToo() {
        marks.init(new InitialMembershipEvent(mock(Cluster.class), Set.of(member("n1"), member("n2"), member(SAME))));

        assertThat(lines.values()).hasToString("[n1, " + SAME + "]");
    }

    @Test
    void nobodyElseIs() {
        joins(member("n2"));
        joins(member("n1")); // another application of this node
        joins(member(null)); // of an operator's own configuration

        assertThat(lines.values()).isEmpty();
    }
}
