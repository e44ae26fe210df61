package io.limpet.failover;

import io.limpet.route.Route;
import java.util.Optional;

/**
 * What a request found when it asked for its session.
 *
 * @param found how it was found
 * @param adopted the session that was adopted, where it was
 * @param from the node that had it before, for the one request that took it over
 * @param made whether this very request made the container's session, so that its response carries the new cookie
 */
public record Arrival(Found found, Optional<OpenedSession> adopted, Optional<Route> from, boolean made) {

    /** How a session was found. */
    public enum Found {
        /** The client asked for none, or for one that nobody knows. */
        NONE,
        /** Nobody was asked: without failover the container finds what there is, when the application asks. */
        NOT_ASKED,
        /** In this node's memory. */
        OWN,
        /** Held by another node, or under an id that it had there: it lives here now. */
        ADOPTED,
        /** It was invalidated. */
        ENDED,
        /** The store cannot tell at the moment whether it exists. */
        UNKNOWN
    }

    static final Arrival NONE = new Arrival(Found.NONE, Optional.empty(), Optional.empty(), false);
    /** It will find what there is when the application asks the container. */
    public static final Arrival NOT_ASKED = new Arrival(Found.NOT_ASKED, Optional.empty(), Optional.empty(), false);

    static final Arrival OWN = new Arrival(Found.OWN, Optional.empty(), Optional.empty(), false);

    static final Arrival ENDED = new Arrival(Found.ENDED, Optional.empty(), Optional.empty(), false);
    static final Arrival UNKNOWN = new Arrival(Found.UNKNOWN, Optional.empty(), Optional.empty(), false);

    /** This request adopts the session and makes the container's one for it. */
    static Arrival makes(OpenedSession session, Route from) {
        return new Arrival(Found.ADOPTED, Optional.of(session), Optional.of(from), true);
    }

    /** The session comes back to a copy that this node still had. */
    static Arrival returns(OpenedSession session, Route from) {
        return new Arrival(Found.ADOPTED, Optional.of(session), Optional.of(from), false);
    }

    /** Another request has adopted the session, and the client still uses an id from before. */
    static Arrival follows(OpenedSession session) {
        return new Arrival(Found.ADOPTED, Optional.of(session), Optional.empty(), false);
    }
}
