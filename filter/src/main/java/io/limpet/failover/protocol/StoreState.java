package io.limpet.failover.protocol;

/** Whether acknowledged changes survive the next failure. */
public enum StoreState {
    /** The store answers, and another member holds a copy. */
    HEALTHY,
    /** The store did not answer lately, is merging, or this node is alone in it. */
    DEGRADED
}
