package io.limpet.failover.protocol;

/** The answer to an {@link End}. */
public enum EndResult implements Result {
    /** The session has ended, now or before. */
    ENDED,
    /** Another node owns the session: claim it first if it must end. */
    FENCED
}
