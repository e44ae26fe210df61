package io.limpet.proxy.node;

/** What a node may be given. */
public enum NodeState {
    /** Takes its own sessions and new ones. */
    READY("ready"),
    /** Keeps the sessions that it has and takes no new ones. */
    DRAINING("draining"),
    /** Drains with failover: each of its sessions moves to another node at its next request. */
    MOVING("moving"),
    /** Has drained: nothing is left on it that could be lost, or its time is over. Whatever still names it goes elsewhere. */
    DRAINED("drained"),
    /** Taken out by the operator: gets nothing, not even when no other node is left. */
    MAINTENANCE("maintenance"),
    /** Cannot be reached, or says itself that it is not well. */
    DOWN("down");

    private final String label;

    NodeState(String label) {
        this.label = label;
    }

    /** Whether a request whose session lives on this node goes there. */
    public boolean takesItsOwnSessions() {
        return this == READY || this == DRAINING;
    }

    /** Whether the node is there, to be used when no better one is. */
    public boolean isUp() {
        return this != MAINTENANCE && this != DOWN;
    }

    /** The word that the status, the log and the metrics use. */
    @Override
    public String toString() {
        return label;
    }
}
