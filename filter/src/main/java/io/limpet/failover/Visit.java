package io.limpet.failover;

/** One request's work on one session: it is told what the request touched and saves it before the response leaves. */
public interface Visit {

    /** What became of a save. */
    enum SaveOutcome {
        /** Nothing had changed. */
        UNCHANGED,
        /** The changes are on at least two members, or on the only one there is. */
        SAVED,
        /** Another node changed the same attributes meanwhile; this request's changes are refused. */
        CONFLICT,
        /** The session was ended meanwhile; this request's changes died with it. */
        ENDED,
        /** Saved, but for attributes that were changed again and again while they were written: these are queued. */
        BUSY,
        /** The store did not answer in time; the changes are queued. */
        QUEUED,
        /** The store did not answer in time and the operator wants such requests refused; the changes are queued. */
        REJECTED
    }

    /**
     * Who a session is, whichever node holds it.
     *
     * @param creationTime when it was made, ms since the epoch, perhaps on another node
     * @param adopted whether another node made it
     * @param lastAccess when it was last used on that other node, ms since the epoch
     */
    record Identity(long creationTime, boolean adopted, long lastAccess) {}

    /** The application read an attribute: it may change the object without setting it again. */
    void read(String name, Object value);

    /** The application set or removed an attribute. */
    void changed(String name);

    /** Saves what has changed. Called before the first byte leaves and again at the end; idempotent. */
    SaveOutcome save();

    /** The request is over, and changes nothing any more; idempotent. Until then others that save take care of it. */
    void over();

    Identity identity();

    /** The line by which the container tells the client of this session, tagged. */
    void cookie(String line);
}
