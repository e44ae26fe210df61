package io.limpet.proxy.node;

/** What a node tells of an application's failover. */
public enum Failover {
    /** Its sessions are on the node alone. */
    OFF,
    /** Other nodes have its sessions, but perhaps not the last changes, or no other node is there at the moment. */
    DEGRADED,
    /** Other nodes have its sessions. */
    HEALTHY;

    /** The status's word; {@link #OFF} for any other. */
    static Failover of(String word) {
        return switch (word) {
            case "healthy" -> HEALTHY;
            case "degraded" -> DEGRADED;
            default -> OFF;
        };
    }

    /** On and well, or off. */
    static Failover replicating(boolean replicated) {
        return replicated ? HEALTHY : OFF;
    }
}
