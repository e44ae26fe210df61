package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to the cluster, as far as it matters to a request: may the store be asked, do acknowledged changes
 * survive, must local copies be verified.
 *
 * <p>Safe for use by any number of threads; Hazelcast's events come on threads of its own. Requests read volatiles and,
 * with a quorum, Hazelcast's own list of members, as its events come later. Flips are logged, not every failure.
 */
final class ClusterWatch implements MembershipListener, LifecycleListener {

    private static final Logger log = System.getLogger(ClusterWatch.class.getName());

    private final Trust trust;
    private final int quorum;
    private final Awakening awakening;
    private volatile int members;
    private volatile @Nullable Membership membership;
    /** As the last event told them. */
    private volatile Set<Member> known = Set.of();

    private volatile boolean merging;
    private volatile long sleepsBeforeMerge;
    private volatile boolean connected = true;
    private volatile boolean open = true;

    // how often members came and went, and up to which of these the copies have been made again
    private final AtomicInteger changes = new AtomicInteger();
    private volatile int settled;

    /** How often the cluster may have lost what it had acknowledged. */
    private final AtomicLong losses = new AtomicLong();

    /** @param quorum with fewer members than this the store is closed; 0: never */
    ClusterWatch(Trust trust, int quorum) {
        this.trust = trust;
        this.quorum = quorum;
        this.awakening = new Awakening(trust, quorum, System::nanoTime);
    }

    /** The store may be asked: of so many members, this one among them if it is one, when nobody has told yet. */
    void joined(int count) {
        members = count;
        open = connected;
    }

    /** This member has joined others, which copy entries to it; of its own coming it is not told. */
    void unsettled() {
        changes.incrementAndGet();
    }

    /** Where to look how many members there are now, as events come later, and whether they still know this one. */
    void belong(Membership ours) {
        synchronized (this) { // or an event's set that is newer would be written over
            known = ours.members();
        }
        awakening.started();
        membership = ours;
    }

    /**
     * Completes once it is certain that this node was not alone with what it did before it asked; without a quorum that
     * is nothing to be certain of. Does not block.
     */
    CompletionStage<?> proof() {
        Membership ours = membership;
        return quorum == 0 || ours == null ? CompletableFuture.completedFuture(null) : ours.proof();
    }

    /**
     * Completes at once, but for the first moment after a sleep: then when the others have answered whether they know this
     * member, or that moment has passed. Does not block.
     *
     * @throws RuntimeException when this member has stopped
     */
    CompletionStage<?> awake() {
        Membership ours = membership;
        if (ours == null) {
            return CompletableFuture.completedFuture(null);
        }
        awakening.look(known);
        return awakening.answers(ours);
    }

    /** A client has no connection, or none yet: the store is closed until it has one and {@link #joined} is called. */
    void disconnected() {
        connected = false;
        open = false;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        changed(event, "joined");
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        changed(event, "left");
        if (!event.getMember().localMember()) {
            losses.incrementAndGet(); // more than one may have gone at once
        }
    }

    private void changed(MembershipEvent event, String what) {
        if (membership != null) {
            awakening.look(known); // before it forgets them
        }
        synchronized (this) {
            known = event.getMembers();
        }
        members = event.getMembers().size();
        if (event.getMember().localMember()) {
            return; // the first member of every cluster is told of itself
        }
        changes.incrementAndGet();
        trust.lose();
        log.log(
                members > 1 ? Level.INFO : Level.WARNING,
                "member {0} {1} the cluster ({2} now){3}",
                event.getMember().getAddress(),
                what,
                members,
                members > 1 ? "" : "; sessions have no second copy until another joins");
    }

    @Override
    public void stateChanged(LifecycleEvent event) {
        switch (event.getState()) {
            case MERGING -> {
                sleepsBeforeMerge = awakening.sleeps();
                merging = true;
                trust.lose();
                log.log(Level.WARNING, "two halves of the cluster merge; the store is closed meanwhile");
            }
            case MERGED, MERGE_FAILED -> {
                // first distrust, then open: whoever is let in must find the new generation
                trust.lose();
                losses.incrementAndGet();
                if (event.getState() == LifecycleState.MERGED) {
                    awakening.merged(sleepsBeforeMerge);
                }
                merging = false;
                log.log(Level.WARNING, "merge of the cluster ended: {0}", event.getState());
            }
            case CLIENT_DISCONNECTED -> {
                disconnected();
                trust.lose();
                log.log(Level.WARNING, "the connection to the cluster is lost; the store is closed until it is back");
            }
            case CLIENT_CONNECTED, CLIENT_CHANGED_CLUSTER -> {
                trust.lose();
                connected = true;
                changes.incrementAndGet();
                losses.incrementAndGet(); // the servers may have been started anew
                log.log(Level.INFO, "connected to the cluster");
            }
            default -> {
                // starting and stopping are this node's own doing
            }
        }
    }

    /** Why the store may not be asked now, if it may not. */
    Optional<String> closedBecause() {
        if (merging) {
            return Optional.of("two halves of the cluster are merging; try again in some seconds");
        }
        if (!open) {
            return Optional.of("no member of the cluster is connected; see whether they run and can be reached");
        }
        Membership ours = membership;
        if (ours == null) {
            return tooFew(members);
        }
        awakening.look(known);
        try {
            return awakening.isUnderWay(ours)
                    ? Optional.of("this node slept, and the others may have gone on without it; it asks them")
                    : tooFew(quorum == 0 ? members : ours.size());
        } catch (HazelcastInstanceNotActiveException | RejectedExecutionException e) {
            return Optional.of("this member has stopped; start the node again");
        }
    }

    private Optional<String> tooFew(int now) {
        return now < quorum
                ? Optional.of("it has " + now + " members and needs " + quorum
                        + "; start the others, or mend the network between them")
                : Optional.empty();
    }

    /**
     * After members came or went, partitions move and their second copies are made again. Until that is done the next
     * kill may lose changes or hold requests up, although there are members enough.
     *
     * @param everyPartitionHasItsCopies asks the cluster; may block, and is asked only while it matters
     */
    void settle(BooleanSupplier everyPartitionHasItsCopies) {
        int seen = changes.get();
        if (seen != settled && everyPartitionHasItsCopies.getAsBoolean()) {
            settled = seen;
        }
    }

    long losses() {
        return losses.get();
    }

    StoreState state() {
        return closedBecause().isPresent() || members < 2 || settled != changes.get()
                ? StoreState.DEGRADED
                : StoreState.HEALTHY;
    }
}
