package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.util.Optional;

/**
 * A session was claimed: what the other nodes are told, so that one that still has a copy serves it no more without
 * asking. A hint and no more: it may come late, twice or never, and the fence holds without it.
 *
 * @param key where the record is kept
 * @param by the node that owns it now
 * @param epoch in which it owns it
 */
public record Taken(String key, Route by, long epoch) {

    /**
     * What is to be told of a claim. Also when the claimant had the session before: the claim that took it may have been
     * an earlier one that was not answered.
     */
    public static Optional<Taken> of(ClaimResult result) {
        return result instanceof ClaimResult.Claimed claimed
                ? Optional.of(new Taken(
                        claimed.key(),
                        claimed.record().owner(),
                        claimed.record().epoch()))
                : Optional.empty();
    }
}
