package io.limpet.failover.protocol;

import io.limpet.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A node takes a session over. From here on the saves of the previous owner are refused.
 *
 * @param claimant the node that takes it
 * @param claimEpoch the claimant's clock in milliseconds, shifted left by 12, and a sequence number below; unique per
 *     claim of this node. The clock is there because a plain successor of the old epoch ties after a split: both halves
 *     would grant the same one
 * @param now the claimant's clock, in milliseconds since 1970
 */
public record Claim(Route claimant, long claimEpoch, long now) implements Change<ClaimResult> {

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
        // a duplicate that comes late must not raise the epoch under the saves of the owner it was granted to
        boolean alreadyGranted = record.owner().equals(claimant) && record.epoch() >= claimEpoch;
        SessionRecord claimed =
                alreadyGranted ? record : record.handedTo(claimant, Math.max(record.epoch() + 1, claimEpoch));
        return new Outcome.Written<>(
                new ClaimResult.Claimed(claimed, key, record.owner()),
                claimed,
                Lifetime.ofRecord(claimed.maxInactiveSeconds()));
    }

    @Override
    public Class<ClaimResult> resultType() {
        return ClaimResult.class;
    }
}
