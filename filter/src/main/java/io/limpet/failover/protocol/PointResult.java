package io.limpet.failover.protocol;

/** The answer to a {@link Point}. */
public enum PointResult implements Result {
    /** The id leads to the session. */
    POINTED,
    /** Another session, or the grave of one, is kept under that id. */
    OCCUPIED;

    @Override
    public boolean isWritten() {
        return this == POINTED;
    }
}
