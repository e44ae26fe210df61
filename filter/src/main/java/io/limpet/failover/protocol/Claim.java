package io.limpet.failover.protocol;

import io.limpet.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A node takes a session over. From here on the saves of the previous owner are refused.
 *
 * @param claimant the node that takes it
 * @param claimEpoch the claimant's clock in milliseconds, shifted left by 12, and a mark of the node below; unique per
 *     claim. Clock and mark are there because a plain successor of the old epoch ties after a split: both halves would
 *     grant the same one, and neither owner could tell the other's changes from its own
 * @param now the claimant's clock, in milliseconds since 1970
 */
public record Claim(Route claimant, long claimEpoch, long now) implements Change<ClaimResult> {

    private static final long MARK = 0xFFF;

    @Override
    public Outcome<ClaimResult> applyTo(String key, @Nullable Entry current) {
        if (current instanceof Pointer pointer) {
            return new Outcome.Elsewhere<>(pointer.key());
        }
        if (current instanceof Tombstone) {
            return new Outcome.Unchanged<>(new ClaimResult.Ended());
        }
        if (current instanceof SessionRecord record && !Lifetime.isOver(record, now)) {
            return granted(key, record);
        }
        return new Outcome.Unchanged<>(new ClaimResult.Missing());
    }

    private Outcome<ClaimResult> granted(String key, SessionRecord record) {
        // a duplicate need not raise the epoch under the saves of the owner it was granted to. Any other claim of the
        // owner must: it may be a new process with the name of one that died, whose last saves are still on their way
        boolean alreadyGranted = record.owner().equals(claimant) && record.epoch() == claimEpoch;
        SessionRecord claimed = alreadyGranted ? record : record.handedTo(claimant, epochAfter(record.epoch()));
        return new Outcome.Written<>(
                new ClaimResult.Claimed(claimed, key, record.owner()),
                claimed,
                Lifetime.ofRecord(claimed.maxInactiveSeconds()));
    }

    /** With the claimant's mark below, also where its clock is behind: two halves never grant the same one. */
    private long epochAfter(long epoch) {
        if (claimEpoch > epoch) {
            return claimEpoch;
        }
        long sameMark = (epoch & ~MARK) | (claimEpoch & MARK);
        return sameMark > epoch ? sameMark : sameMark + MARK + 1;
    }

    @Override
    public Class<ClaimResult> resultType() {
        return ClaimResult.class;
    }
}
