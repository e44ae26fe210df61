package io.limpet.failover.protocol;

/** The answer to a {@link Save}. */
public enum SaveResult implements Result {
    /** The change is in the cluster, now or since its first arrival. */
    SAVED,
    /** Another node owns the session: this node's copy is stale. */
    FENCED,
    /** The session was invalidated: this node's copy is dead. */
    ENDED,
    /** The cluster does not have what the change builds on; send the whole session. */
    MISSING;

    @Override
    public boolean isWritten() {
        return this == SAVED;
    }
}
