package io.limpet.failover.protocol;

import io.limpet.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * The owner invalidates the session. A tombstone stays, also where the record was missing: it may be on its way.
 *
 * @param owner the node that ends it
 * @param epoch the epoch in which it owns the session
 * @param now its clock, in milliseconds since 1970
 */
public record End(Route owner, long epoch, long now) implements Change<EndResult> {

    @Override
    public Outcome<EndResult> applyTo(String key, @Nullable Entry current) {
        if (current instanceof Pointer pointer) {
            return new Outcome.Elsewhere<>(pointer.key());
        }
        if (current instanceof SessionRecord record) {
            // an earlier epoch than ours is a leftover, see Save
            return record.ownedBy(owner, epoch) || record.epoch() < epoch
                    ? ended(new Tombstone(epoch, now), Lifetime.ofTombstone(record.maxInactiveSeconds()))
                    : new Outcome.Unchanged<>(EndResult.FENCED);
        }
        if (current instanceof Tombstone tombstone) {
            // no two claims are granted the same epoch: the same one means that this very end has arrived before
            EndResult result = tombstone.epoch() == epoch ? EndResult.ENDED : EndResult.ENDED_BEFORE;
            return new Outcome.Written<>(result, tombstone, Lifetime.ofUnknownTombstone());
        }
        return ended(new Tombstone(epoch, now), Lifetime.ofUnknownTombstone());
    }

    private static Outcome<EndResult> ended(Tombstone tombstone, long lifetimeSeconds) {
        return new Outcome.Written<>(EndResult.ENDED, tombstone, lifetimeSeconds);
    }

    @Override
    public Class<EndResult> resultType() {
        return EndResult.class;
    }
}
