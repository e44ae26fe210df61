package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.spi.partitiongroup.PartitionGroupMetaData;
import io.limpet.failover.protocol.EpochMark;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Warns of members whose nodes have other names and the same {@link EpochMark}. Hazelcast's own thread calls it. */
final class SameMarks implements InitialMembershipListener {

    private static final Logger log = System.getLogger(SameMarks.class.getName());

    private final Route node;

    SameMarks(Route node) {
        this.node = node;
    }

    @Override
    public void init(InitialMembershipEvent event) {
        event.getMembers().forEach(this::check);
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        check(event.getMember());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {}

    /** A member that an operator has configured has no name; two applications of one node have the same one. */
    private void check(Member member) {
        String name = member.getAttribute(PartitionGroupMetaData.PARTITION_GROUP_NODE);
        if (name != null && !name.equals(node.name()) && EpochMark.of(name) == EpochMark.of(node)) {
            log.log(
                    Level.WARNING,
                    "nodes ''{0}'' and ''{1}'' could take over one session by the same epoch, should the cluster fall into"
                            + " two halves; give one of them another name",
                    node,
                    name);
        }
    }
}
