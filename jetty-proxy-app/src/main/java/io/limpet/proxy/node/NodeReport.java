package io.limpet.proxy.node;

/**
 * What a node's status told last, besides its name and state.
 *
 * @param known whether there was a status at all; nodes without the filter have none, and then the rest is 0 and false
 * @param sessions live sessions of the application on the node
 * @param inFlight requests that the node has begun and not answered, from whomever
 * @param replicated whether other nodes have its sessions: failover is on and well there
 * @param adopted sessions that the node has taken over from others since it started
 */
public record NodeReport(boolean known, long sessions, long inFlight, boolean replicated, long adopted) {

    /** Nothing was heard. */
    public static final NodeReport NONE = new NodeReport(false, 0, 0, false, 0);

    /** What a status said. */
    public static NodeReport of(long sessions, long inFlight, boolean replicated, long adopted) {
        return new NodeReport(true, sessions, inFlight, replicated, adopted);
    }

    /** Whether nothing is lost, nor anybody kept waiting, when the node is stopped now. */
    boolean isEmpty() {
        return known && inFlight == 0 && (replicated || sessions == 0);
    }
}
