package io.limpet.proxy.node;

import java.util.List;

/**
 * Rendezvous (highest random weight) hashing: every proxy ranks the nodes for a session alike without talking, and the
 * sessions of a node that leaves spread evenly over the others while no other session moves.
 *
 * <p>The hash is written out because it is part of the protocol between proxies: a change of it, or a hash that
 * differs between JVMs, would send one session to two nodes.
 */
final class Rendezvous {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** The member with the highest hash for this session, by the nodes' weights. The list must not be empty. */
    static Nodes.Member highest(List<Nodes.Member> members, String session) {
        boolean weighted = isWeighted(members);
        Nodes.Member highest = members.get(0);
        for (int i = 1; i < members.size(); i++) {
            Nodes.Member member = members.get(i);
            long one = weight(session, name(member));
            long other = weight(session, name(highest));
            int order = weighted
                    ? Double.compare(score(one, member), score(other, highest))
                    : Long.compareUnsigned(one, other);
            // equal hashes are next to impossible, yet the order of the settings must not decide
            if (order > 0 || (order == 0 && name(member).compareTo(name(highest)) > 0)) {
                highest = member;
            }
        }
        return highest;
    }

    private static boolean isWeighted(List<Nodes.Member> members) {
        int weight = members.get(0).node().weight();
        for (Nodes.Member member : members) {
            if (member.node().weight() != weight) {
                return true;
            }
        }
        return false;
    }

    /**
     * Of this many draws the highest, where the weight is the number of draws: of all nodes, each is the highest as often
     * as its weight says. {@link StrictMath} gives the same bits on every machine, {@link Math} need not.
     */
    private static double score(long hash, Nodes.Member member) {
        double drawn = ((hash >>> 11) + 0.5) / (1L << 53);
        return -member.node().weight() / StrictMath.log(drawn);
    }

    /** FNV-1a over the session's and the node's UTF-16 code units, then MurmurHash3's finalizer. */
    static long weight(String session, String name) {
        // the separator cannot stand in a name, so ("ab", "c") and ("a", "bc") differ
        return mix(fnv(fnv(fnv(FNV_OFFSET, session), "."), name));
    }

    private static long fnv(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hash = (hash ^ (c & 0xff)) * FNV_PRIME;
            hash = (hash ^ (c >>> 8)) * FNV_PRIME;
        }
        return hash;
    }

    /** FNV alone leaves its high bits nearly unmoved by the last characters, which are the node's name. */
    private static long mix(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    private static String name(Nodes.Member member) {
        return member.node().route().name();
    }
}
