package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.Member;
import io.limpet.failover.protocol.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A member that has slept: the others may have gone on without it, which it has yet to hear. What it claimed now, in its
 * own copy of the cluster, would be a later claim than theirs and win when the two meet, over what they have acknowledged
 * meanwhile. So it begins nothing before all whom it knew when it fell asleep have answered it, or before it has merged
 * with those who have removed it. With a quorum of more than half of these a quorum's answers are enough: no other half
 * can have gone on. Where some of them are not to be heard of it goes on without them after {@link
 * #LONGEST}: whoever was removed and merges comes back as another member, and is none of them.
 *
 * <p>Safe for use by any number of threads; nothing here blocks.
 */
final class Awakening {

    /** Two of the looks with which a member finds those who went on without it (five seconds each), and time to merge. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    /** Whoever has not been removed hears so in a moment, for which a call rather waits than fails. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private static final Logger log = System.getLogger(Awakening.class.getName());

    /** After which it is not certain who still knows this member; it ended at this moment of the monotonic clock. */
    private record Sleep(Set<Member> before, long end) {}

    private final Trust trust;
    private final int quorum;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Sleep> last = new AtomicReference<>();

    /** How often it had slept when that was last looked at. */
    private volatile long seen;

    /**
     * Of a member that is awake.
     *
     * @param quorum with fewer members than this the store is closed; 0: never
     * @param nanoTime a monotonic clock in nanoseconds
     */
    Awakening(Trust trust, int quorum, LongSupplier nanoTime) {
        this.trust = trust;
        this.quorum = quorum;
        this.nanoTime = nanoTime;
        this.seen = trust.sleeps();
    }

    /** A member that takes its time to start has not slept. */
    synchronized void started() {
        seen = trust.sleeps();
        last.set(null);
    }

    /**
     * Looks at the clock.
     *
     * @param known the members as it had last heard of them; whoever was alone has nobody to be forgotten by
     */
    void look(Set<Member> known) {
        if (trust.sleeps() != seen) {
            slept(known);
        }
    }

    private synchronized void slept(Set<Member> known) {
        long sleeps = trust.sleeps();
        Sleep before = last.get();
        Set<Member> toBeHeardOf = before == null ? known : before.before();
        if (sleeps != seen && toBeHeardOf.size() > 1) {
            last.set(new Sleep(toBeHeardOf, nanoTime.getAsLong()));
            log.log(
                    Level.WARNING,
                    "this node has slept for more than {0} ms; the store is closed until the other members have answered",
                    Trust.SLEEP);
        }
        seen = sleeps; // last: whoever finds it so finds what comes of it
    }

    /** Whether it is still not certain that the others count this member in. */
    boolean isUnderWay(Membership ours) {
        Sleep sleep = last.get();
        if (sleep == null) {
            return false;
        }
        if (isKnown(sleep, ours) || since(sleep) >= LONGEST.toNanos()) {
            last.compareAndSet(sleep, null); // unless it has slept again meanwhile
        }
        return last.get() != null;
    }

    private boolean isKnown(Sleep sleep, Membership ours) {
        Set<Member> proven = ours.proven();
        return 2 * quorum > sleep.before().size() ? proven.size() >= quorum : proven.containsAll(sleep.before());
    }

    private long since(Sleep sleep) {
        return nanoTime.getAsLong() - sleep.end();
    }

    /** What a call waits for before it is begun: a moment's answers to the question who knows this member. */
    CompletionStage<?> answers(Membership ours) {
        Sleep sleep = last.get();
        boolean justAwake = sleep != null && isUnderWay(ours) && since(sleep) < MOMENT.toNanos();
        return justAwake
                ? ours.proof()
                        .<@Nullable Void>handle((answers, failure) -> null)
                        .completeOnTimeout(null, MOMENT.toMillis(), TimeUnit.MILLISECONDS)
                : CompletableFuture.completedFuture(null);
    }

    /** How often it has slept; it looks at the clock. */
    long sleeps() {
        return trust.sleeps();
    }

    /** It has merged with the others, which had begun when it had slept this often. */
    void merged(long sleeps) {
        if (trust.sleeps() == sleeps) {
            last.set(null);
        }
    }
}
