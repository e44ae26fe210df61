package io.limpet.failover.protocol;

/** The answer to a {@link Change}. */
public sealed interface Result permits SaveResult, ClaimResult, EndResult, PointResult {

    /** Whether an entry was written for it, so that whoever keeps a copy has acknowledged it. */
    boolean isWritten();
}
