package io.limpet.proxy.node;

/**
 * What a node's status tells of one of its applications.
 *
 * @param context its context path; empty for the root's
 * @param sessions its live sessions on the node; below 0 when the node does not know, and it is never empty then
 * @param sequence the number of that count: of two counts of one application the one with the higher number is later
 * @param inFlight its requests that the node has begun and not answered, from whomever
 * @param failover how its failover is
 */
public record ApplicationReport(String context, long sessions, long sequence, long inFlight, Failover failover) {

    /** One whose failover is well, or off. */
    public ApplicationReport(String context, long sessions, long sequence, long inFlight, boolean replicated) {
        this(context, sessions, sequence, inFlight, Failover.replicating(replicated));
    }

    /**
     * Whether its filter leaves its word on each 404 of the application's own. One that does not know its sessions does
     * not, nor one of an earlier version, nor one whose context path no header field holds.
     */
    public boolean ownsEach404() {
        return sessions >= 0 && sequence > 0 && context.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ';');
    }

    /** Whether other nodes have its sessions. */
    public boolean replicated() {
        return failover == Failover.HEALTHY;
    }

    /** Whether nothing is lost, nor anybody kept waiting, when the node is stopped now. */
    boolean isEmpty() {
        return inFlight == 0 && (replicated() || sessions == 0);
    }

    /** Whether nobody loses anything when nothing more comes here. */
    boolean keepsNothingAlone() {
        return replicated() || (sessions == 0 && inFlight == 0);
    }
}
