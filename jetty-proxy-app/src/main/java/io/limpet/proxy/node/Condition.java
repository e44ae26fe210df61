package io.limpet.proxy.node;

/**
 * A node's state and why it is so.
 *
 * @param state what the node may be given
 * @param why in words for the log: {@code connection refused by http://127.0.0.1:8081}; empty when ready
 * @param worthTrying whether it may be tried when no node is usable: a node that is down may have come back since its
 *     last probe, one that answers to another name has not
 */
public record Condition(NodeState state, String why, boolean worthTrying) {

    /** A node that takes everything. */
    public static final Condition READY = new Condition(NodeState.READY, "", true);

    /** A node whose own status says that it drains. */
    public static final Condition DRAINING = new Condition(NodeState.DRAINING, "its status says so", true);

    /** A node that is to give up its sessions and takes no new ones. */
    static Condition draining(String why) {
        return new Condition(NodeState.DRAINING, why, true);
    }

    /** A node whose sessions other nodes have, too: they move at their next request. */
    static Condition moving(String why) {
        return new Condition(NodeState.MOVING, why, true);
    }

    /** A node that has drained. */
    static Condition drained(String why) {
        return new Condition(NodeState.DRAINED, why, true);
    }

    /** A node that the operator has taken out. */
    static Condition maintenance(String why) {
        return new Condition(NodeState.MAINTENANCE, why, false);
    }

    /** A node that was added a moment ago. */
    static final Condition UNSEEN = down("it was not probed yet");

    /** A node that is no more. */
    static final Condition GONE = new Condition(NodeState.DOWN, "it was removed", false);

    /** A node that does not answer, or not well. */
    public static Condition down(String why) {
        return new Condition(NodeState.DOWN, why, true);
    }

    /** A node whose status gives another name than the proxy's settings: sessions would go astray there. */
    public static Condition misnamed(String why) {
        return new Condition(NodeState.DOWN, why, false);
    }
}
