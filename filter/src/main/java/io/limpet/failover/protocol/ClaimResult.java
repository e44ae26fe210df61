package io.limpet.failover.protocol;

import io.limpet.route.Route;

/** The answer to a {@link Claim}. */
public sealed interface ClaimResult extends Result {

    @Override
    default boolean isWritten() {
        return this instanceof Claimed;
    }

    /**
     * The claimant owns the session.
     *
     * @param record the session as it is now; the claimant's next save builds on its epoch and version
     * @param key where the record is kept
     * @param previousOwner who had it before; the claimant itself when it had it already
     */
    record Claimed(SessionRecord record, String key, Route previousOwner) implements ClaimResult {}

    /** The session was invalidated. */
    record Ended() implements ClaimResult {}

    /** The cluster knows of no such session. Missing is not dead: a member that is cut off misses what exists. */
    record Missing() implements ClaimResult {}
}
