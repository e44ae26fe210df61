package io.limpet.failover.protocol;

/** The answer to a {@link Change}. */
public sealed interface Result permits SaveResult, ClaimResult, EndResult, PointResult {}
