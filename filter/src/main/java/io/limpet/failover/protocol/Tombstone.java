package io.limpet.failover.protocol;

/**
 * The session ended, by invalidation and not by neglect: no late write may bring it back.
 *
 * @param epoch the epoch of the owner that ended it
 * @param endedAt that owner's clock, in milliseconds since 1970
 */
public record Tombstone(long epoch, long endedAt) implements Entry {}
