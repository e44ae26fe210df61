package io.limpet.proxy.node;

/** What a node may be given. */
public enum NodeState {
    /** Takes its own sessions and new ones. */
    READY("ready"),
    /** Keeps the sessions that it has and takes no new ones. */
    DRAINING("draining"),
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

    /** The word that the status, the log and the metrics use. */
    @Override
    public String toString() {
        return label;
    }
}
