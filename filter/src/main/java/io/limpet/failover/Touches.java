package io.limpet.failover;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    private static final Set<String> NO_NAMES = Set.of();

    /** Of nobody's request. */
    static final Touches NONE = none(NOBODYS);

    /** Of a request that has touched nothing yet. */
    static Touches none(long since) {
        return new Touches(NO_NAMES, NO_NAMES, since);
    }

    /** Of a request that touches something: any of its threads may add names. */
    static Touches begun(long since) {
        return new Touches(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), since);
    }

    /** Whether no name can be added. */
    boolean isUntouched() {
        return names == NO_NAMES;
    }

    /** How many of the session's open visits these are of. */
    int visits() {
        return since == NOBODYS ? 0 : 1;
    }
}
