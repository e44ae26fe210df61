package io.limpet.failover.protocol;

/**
 * Which of two entries under one key survives when two halves of a cluster meet again, each of which went on without the
 * other. The answer does not depend on which half asks.
 */
public final class Precedence {

    private Precedence() {}

    /**
     * Whether the entry that comes from the other half replaces the one that is here. An ended session stays ended;
     * otherwise the later epoch wins, and within one epoch, hence one owner, the later version.
     */
    public static boolean prevails(Entry incoming, Entry existing) {
        int byRank = Integer.compare(rank(incoming), rank(existing));
        if (byRank != 0) {
            return byRank > 0;
        }
        if (incoming instanceof SessionRecord one && existing instanceof SessionRecord other) {
            return isLater(one, other);
        }
        return incoming instanceof Tombstone one && existing instanceof Tombstone other && one.epoch() > other.epoch();
    }

    /** A record outranks a pointer: losing the way to a session is better than losing a session. */
    private static int rank(Entry entry) {
        if (entry instanceof Tombstone) {
            return 2;
        }
        return entry instanceof SessionRecord ? 1 : 0;
    }

    private static boolean isLater(SessionRecord one, SessionRecord other) {
        int byStamp = new Stamp(one.epoch(), one.version()).compareTo(new Stamp(other.epoch(), other.version()));
        // two owners with one epoch: claimed in both halves in the same millisecond. Any order will do if it is one
        return byStamp != 0
                ? byStamp > 0
                : one.owner().name().compareTo(other.owner().name()) > 0;
    }
}
