package io.limpet.failover.protocol;

/**
 * How long the cluster keeps what it knows, in seconds; {@link #FOREVER} is 0, as in Hazelcast. One place, because the
 * rules lean on each other: a pointer outlives the record and the tombstone it leads to, and a tombstone outlives every
 * copy of the session that could still be written.
 */
public final class Lifetime {

    /** Never expires. */
    public static final long FOREVER = 0;

    /** Clocks differ and requests take time: the owner's container must be the first to call a session expired. */
    private static final long MARGIN = 5 * 60;

    /** No request runs longer. */
    private static final long LONGEST_REQUEST = 60 * 60;

    private static final long DAY = 24 * 60 * 60;

    private Lifetime() {}

    /** Of a record after its last save: the timeout, the tenth of it that last access may be late by, and a margin. */
    public static long ofRecord(int maxInactiveSeconds) {
        if (maxInactiveSeconds <= 0) {
            return FOREVER;
        }
        long seconds = maxInactiveSeconds;
        return seconds + seconds / 10 + MARGIN;
    }

    /**
     * Of a tombstone: longer than the longest request, and longer than a node that slept through the end of the session
     * could still find its own copy valid.
     */
    static long ofTombstone(int maxInactiveSeconds) {
        return maxInactiveSeconds <= 0 ? 7 * DAY : Math.max(LONGEST_REQUEST, ofRecord(maxInactiveSeconds));
    }

    /**
     * Of a tombstone of a session whose timeout is not known any more, as the cluster had forgotten it or it has ended
     * before: it must not shorten that of a session of a month.
     */
    static long ofUnknownTombstone() {
        return 35 * DAY;
    }

    /** Of a pointer: renewed in time (see {@link #pointerRenewal}) it never ends before what it points at. */
    public static long ofPointer(int maxInactiveSeconds) {
        return maxInactiveSeconds <= 0 ? FOREVER : 2 * ofTombstone(maxInactiveSeconds);
    }

    /**
     * After how many seconds the owner of a live session points at it again: saves prolong the record, nothing else
     * prolongs its pointers. {@link #FOREVER}: never needed.
     */
    public static long pointerRenewal(int maxInactiveSeconds) {
        return ofPointer(maxInactiveSeconds) / 2;
    }

    /** Of an entry that is found in the store when what it once was granted is not known any more: rather too long. */
    public static long ofFound(Entry entry) {
        if (entry instanceof SessionRecord record) {
            return ofRecord(record.maxInactiveSeconds());
        }
        return entry instanceof Tombstone ? ofTombstone(0) : FOREVER;
    }

    /** Whether a record should be gone although the store still has it. */
    static boolean isOver(SessionRecord record, long now) {
        long seconds = ofRecord(record.maxInactiveSeconds());
        return seconds != FOREVER && now - record.lastAccess() > seconds * 1000;
    }
}
