package io.limpet.failover.protocol;

import io.limpet.route.Route;

/**
 * The part of an epoch below its milliseconds, made of the node's name: it keeps two nodes apart that claim one session in
 * the same millisecond, each in its half of a cluster. Of 4,096 pairs of names one has the same.
 */
public final class EpochMark {

    /** All bits of it. */
    public static final long BITS = 0xFFF;

    private EpochMark() {}

    /** 0 to {@link #BITS}; the same for the same name, in every version. */
    public static long of(Route node) {
        return of(node.name());
    }

    /** Of a node of which there is only the name. */
    public static long of(String node) {
        return node.hashCode() & BITS;
    }
}
