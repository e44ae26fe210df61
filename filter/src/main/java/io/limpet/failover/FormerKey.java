package io.limpet.failover;

import io.limpet.failover.protocol.Stamp;
import java.util.Set;

/**
 * A key under which a session was kept before its id changed.
 *
 * @param epoch in which this node owns what is still there
 * @param renamedAt the last save under that key
 * @param names of the attributes that were saved there
 */
record FormerKey(long epoch, Stamp renamedAt, Set<String> names) {

    FormerKey claimedIn(long newEpoch) {
        return new FormerKey(newEpoch, renamedAt, names);
    }
}
