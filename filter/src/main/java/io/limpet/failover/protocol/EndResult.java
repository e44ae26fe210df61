package io.limpet.failover.protocol;

/** The answer to an {@link End}. */
public enum EndResult implements Result {
    /** The session has ended, now or by an earlier end in the same epoch. */
    ENDED,
    /** The session had ended already, in another epoch: somebody else did it. */
    ENDED_BEFORE,
    /** Another node owns the session: claim it first if it must end. */
    FENCED;

    /** Also what had ended before: its grave lasts anew. */
    @Override
    public boolean isWritten() {
        return this != FENCED;
    }
}
