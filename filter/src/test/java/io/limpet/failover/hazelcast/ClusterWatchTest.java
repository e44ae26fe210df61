package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.Trust;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {

    private final ClusterWatch watch = new ClusterWatch(new Trust(() -> 0), 0);
    private final Member self = member(true);
    private final Member other = member(false);
    private final Member third = member(false);

    private static Member member(boolean local) {
        Member member = mock();
        when(member.localMember()).thenReturn(local);
        return member;
    }

    private MembershipEvent joins(Member member, Set<Member> members) {
        return new MembershipEvent(mock(Cluster.class), member, MembershipEvent.MEMBER_ADDED, members);
    }

    @Test
    void whoJoinsMakesTheStoreHealthyOnlyWhenItHasItsCopies() {
        watch.memberAdded(joins(other, Set.of(self, other)));
        watch.settle(() -> false);
        assertThat(watch.state()).isEqualTo(StoreState.DEGRADED);

        watch.settle(() -> true);
        assertThat(watch.state()).isEqualTo(StoreState.HEALTHY);
    }

    @Test
    void anAnswerFromBeforeTheLastChangeDoesNotCount() {
        watch.memberAdded(joins(other, Set.of(self, other)));

        watch.settle(() -> {
            watch.memberAdded(joins(third, Set.of(self, other, third)));
            return true;
        });

        assertThat(watch.state()).isEqualTo(StoreState.DEGRADED);
    }

    @Test
    void aMemberThatHasStoppedIsDegradedAndSaysSo() {
        ClusterWatch withQuorum = new ClusterWatch(new Trust(() -> 0), 2);
        Membership membership = mock();
        when(membership.size()).thenThrow(new HazelcastInstanceNotActiveException());
        withQuorum.joined(3);
        withQuorum.belong(membership);

        assertThat(withQuorum.state()).isEqualTo(StoreState.DEGRADED);
        assertThat(withQuorum.closedBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("stopped"));
    }

    @Test
    void whateverMayHaveLostEntriesIsToldOnceAndWhatCannotIsNot() {
        watch.memberAdded(joins(other, Set.of(self, other)));
        watch.stateChanged(new LifecycleEvent(LifecycleState.MERGING));
        assertThat(watch.losses()).isZero();

        watch.memberRemoved(
                new MembershipEvent(mock(Cluster.class), other, MembershipEvent.MEMBER_REMOVED, Set.of(self)));
        assertThat(watch.losses()).isEqualTo(1);
        watch.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
        assertThat(watch.losses()).isEqualTo(2);
        watch.stateChanged(new LifecycleEvent(LifecycleState.MERGE_FAILED));
        assertThat(watch.losses()).isEqualTo(3);
        watch.stateChanged(new LifecycleEvent(LifecycleState.CLIENT_CONNECTED));
        assertThat(watch.losses()).isEqualTo(4);
    }

    @Test
    void whoSleptBeginsNothingAlsoWhenTheOthersAreGoneBeforeAnybodyHasLookedAtTheClock() {
        AtomicLong clock = new AtomicLong();
        ClusterWatch sleeper = new ClusterWatch(new Trust(clock::get), 0);
        Membership membership = mock();
        when(membership.members()).thenReturn(Set.of(self, other));
        sleeper.joined(2);
        sleeper.belong(membership);
        clock.addAndGet(Trust.SLEEP + 1);

        sleeper.memberRemoved(
                new MembershipEvent(mock(Cluster.class), other, MembershipEvent.MEMBER_REMOVED, Set.of(self)));
        assertThat(sleeper.closedBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("slept"));

        sleeper.stateChanged(new LifecycleEvent(LifecycleState.MERGING));
        sleeper.stateChanged(new LifecycleEvent(LifecycleState.MERGE_FAILED));
        assertThat(sleeper.closedBecause()).isPresent();
        sleeper.stateChanged(new LifecycleEvent(LifecycleState.MERGING));
        sleeper.stateChanged(new LifecycleEvent(LifecycleState.MERGED));
        assertThat(sleeper.closedBecause()).isEmpty();
    }

    @Test
    void whoSleptAndStopsIsClosedAndFailsNobody() {
        AtomicLong clock = new AtomicLong();
        ClusterWatch sleeper = new ClusterWatch(new Trust(clock::get), 0);
        Membership membership = mock();
        when(membership.members()).thenReturn(Set.of(self, other));
        when(membership.proven()).thenThrow(new RejectedExecutionException());
        sleeper.joined(2);
        sleeper.belong(membership);
        clock.addAndGet(Trust.SLEEP + 1);

        assertThat(sleeper.closedBecause())
                .hasValueSatisfying(why -> assertThat(why).contains("stopped"));
    }

    @Test
    void theClusterIsNotAskedWhileNothingHasChanged() {
        watch.joined(2);

        watch.settle(() -> {
            throw new AssertionError("asked for nothing");
        });

        assertThat(watch.state()).isEqualTo(StoreState.HEALTHY);
    }
}
