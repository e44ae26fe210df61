package io.limpet.failover;

import java.util.Set;

/**
 * What a request had to do with a session's attributes.
 *
 * @param names of all that it read or set, and so may have changed
 * @param assigned those that it set or removed
 * @param since which replacements by another node's values it knew of when it began; see {@link Replaced}
 */
record Touches(Set<String> names, Set<String> assigned, long since) {

    /** In place of {@code since}: of no request that has the session itself. */
    static final long NOBODYS = Long.MAX_VALUE;

    /** Of nobody's request. */
    static final Touches NONE = new Touches(Set.of(), Set.of(), NOBODYS);

    /** How many of the session's open visits these are of. */
    int visits() {
        return since == NOBODYS ? 0 : 1;
    }
}
