package io.limpet.failover;

import io.limpet.failover.protocol.Stamp;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What of the records of one session this node has seen. Called with the session's lock held. */
final class Sightings {

    /** The epochs in which this node has owned the session. */
    private final Set<Long> ownEpochs = new HashSet<>();
    /** Which state of an attribute it was given last, by a record. */
    private final Map<String, Stamp> seen = new HashMap<>();

    void owned(long epoch) {
        ownEpochs.add(epoch);
    }

    void saw(String name, Stamp stamp) {
        seen.put(name, stamp);
    }

    /**
     * Whether another node has written it and this one has not seen it yet. After two halves of a cluster have met, that
     * may bear an earlier stamp than what this node wrote in its own half.
     */
    boolean isNews(String name, Stamp stamp) {
        return !ownEpochs.contains(stamp.epoch()) && !stamp.equals(seen.get(name));
    }
}
