package io.limpet.failover.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One step of the protocol: what may happen to one entry, as a pure function of the entry and of nothing else. The store
 * runs it where the entry is, alone with it.
 *
 * <p>A change may arrive twice, or late: a cluster sends again what it got no answer to. Applying one a second time
 * gives the same answer, and writes again so that a backup which missed the first time has it now.
 *
 * @param <R> what the sender is told
 */
public sealed interface Change<R extends Result> permits Save, Claim, End, Point {

    /**
     * Decides.
     *
     * @param key the entry's key
     * @param current what is there now, or null when nothing is
     */
    Outcome<R> applyTo(String key, @Nullable Entry current);

    /** How many bytes of attributes it carries. */
    default int bytes() {
        return 0;
    }

    /** The type of the answer, to check one that came over the wire. */
    Class<R> resultType();
}
