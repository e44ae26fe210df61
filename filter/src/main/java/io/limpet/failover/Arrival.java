package io.limpet.failover;

import java.util.Optional;

/**
 * What a request found when it asked for its session.
 *
 * @param found how it was found
 * @param adopted the session that was adopted, where it was
 * @param firstHere whether this very request made the adopted session, so that its response carries the new cookie
 */
public record Arrival(Found found, Optional<OpenedSession> adopted, boolean firstHere) {

    /** How a session was found. */
    public enum Found {
        /** The client asked for none, or for one that nobody knows. */
        NONE,
        /** In this node's memory. */
        OWN,
        /** Held by another node, or under an id that it had there: it lives here now. */
        ADOPTED,
        /** It was invalidated. */
        ENDED,
        /** The store cannot tell at the moment whether it exists. */
        UNKNOWN
    }

    static final Arrival NONE = new Arrival(Found.NONE, Optional.empty(), false);
    static final Arrival OWN = new Arrival(Found.OWN, Optional.empty(), false);
    static final Arrival ENDED = new Arrival(Found.ENDED, Optional.empty(), false);
    static final Arrival UNKNOWN = new Arrival(Found.UNKNOWN, Optional.empty(), false);

    static Arrival adopted(OpenedSession session, boolean firstHere) {
        return new Arrival(Found.ADOPTED, Optional.of(session), firstHere);
    }
}
