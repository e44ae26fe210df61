package io.limpet.failover.protocol;

/**
 * When an attribute was last changed: the owner's epoch and the record's version in it. A later epoch is later than any
 * version of an earlier one.
 *
 * @param epoch the epoch of the owner that changed it
 * @param version the version of the save that carried the change, from 1
 */
public record Stamp(long epoch, long version) implements Comparable<Stamp> {

    @Override
    public int compareTo(Stamp other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(version, other.version);
    }
}
