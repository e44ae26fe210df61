package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A member that has slept: the others may have gone on without it, which it has yet to hear. What it claimed now, in its
 * own copy of the cluster, would be a later claim than theirs and win when the two meet, over what they have acknowledged
 * meanwhile. So it begins nothing before all of them have answered it, or before it has merged with those who have
 * removed it; without any others to be heard of it goes on alone after {@link #LONGEST}.
 *
 * <p>Safe for use by any number of threads; nothing here blocks.
 */
final class Awakening {

    /** Two of the looks with which a member finds those who went on without it (five seconds each), and time to merge. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Logger log = System.getLogger(Awakening.class.getName());

    private final Trust trust;
    private final LongSupplier nanoTime;
    private volatile boolean underWay;
    private volatile long until;

    /** How often it had slept when that was last looked at. */
    private volatile long seen;

    /** @param nanoTime a monotonic clock in nanoseconds */
    Awakening(Trust trust, LongSupplier nanoTime) {
        this.trust = trust;
        this.nanoTime = nanoTime;
        this.seen = trust.sleeps();
    }

    /** Looks at the clock; whoever had been alone before he slept has nobody to be forgotten by. */
    void look(int members) {
        if (trust.sleeps() != seen) {
            slept(members);
        }
    }

    private synchronized void slept(int members) {
        long sleeps = trust.sleeps();
        if (sleeps != seen && members > 1) {
            until = nanoTime.getAsLong() + LONGEST.toNanos();
            underWay = true;
            log.log(
                    Level.WARNING,
                    "this node has slept for more than {0} ms; the store is closed until the other members have answered",
                    Trust.SLEEP);
        }
        seen = sleeps; // last: whoever finds it so finds what comes of it
    }

    /** Whether it is still not certain that the others count this member in. */
    boolean isUnderWay(Membership ours) {
        if (!underWay) {
            return false;
        }
        if (ours.isProven() || nanoTime.getAsLong() - until >= 0) {
            over();
        }
        return underWay;
    }

    /** It has met the others again. */
    void over() {
        underWay = false;
    }
}
