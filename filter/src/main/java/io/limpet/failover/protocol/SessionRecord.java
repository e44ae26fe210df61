package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A live session as the cluster knows it. Immutable.
 *
 * @param owner the node whose memory holds the session; only its saves count
 * @param epoch grows with every change of owner, and tells the old owner's saves from the new one's
 * @param version the last save of this owner in this epoch; 0 when it has claimed the session and not saved yet
 * @param ids the ids that containers gave it, oldest first, the current one last; never empty
 * @param creationTime in milliseconds since 1970
 * @param lastAccess in milliseconds since 1970, late by up to a tenth of the timeout
 * @param maxInactiveSeconds the timeout in seconds; zero or less: never
 * @param attributes by name, in the order in which they were first set
 */
public record SessionRecord(
        Route owner,
        long epoch,
        long version,
        List<String> ids,
        long creationTime,
        long lastAccess,
        int maxInactiveSeconds,
        Map<String, StoredAttribute> attributes)
        implements Entry {

    /** @throws IllegalArgumentException when there is no id */
    public SessionRecord {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a session has at least one id");
        }
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Everything but owner and attributes. */
    public SessionMeta meta() {
        return new SessionMeta(ids, creationTime, lastAccess, maxInactiveSeconds);
    }

    /** Whether this owner's saves of this epoch are the ones that count. */
    public boolean ownedBy(Route node, long itsEpoch) {
        return owner.equals(node) && epoch == itsEpoch;
    }

    /** The same session in the hands of a new owner, who has not saved yet. */
    SessionRecord handedTo(Route claimant, long newEpoch) {
        return new SessionRecord(claimant, newEpoch, 0, ids, creationTime, lastAccess, maxInactiveSeconds, attributes);
    }
}
