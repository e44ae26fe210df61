package io.limpet.failover.protocol;

/** Whether acknowledged changes survive the next failure. */
public enum StoreState {
    /** The store answers, and every session has its copy on another member. */
    HEALTHY,
    /**
     * The store did not answer lately, is merging, this node is alone in it, or copies are still being made after
     * members came or went.
     */
    DEGRADED
}
