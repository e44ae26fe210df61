package io.limpet.proxy.node;

/** Why a request went where it went. Log, metrics and tests read this one list; the reasons add up to the requests. */
public enum Reason {
    /** The session's own node serves. */
    OWNER("owner"),
    /** Another node serves because the owner cannot. */
    TAKEOVER("takeover"),
    /** Another node serves because it has fewer sessions, and the owner has let this one go. */
    REBALANCE("rebalance"),
    /** The request has no session that a known node owns. */
    FRESH("fresh"),
    /** The path is one for which sessions do not matter. */
    IGNORED("ignored"),
    /** A tester has named the node. */
    TESTER("tester"),
    /** No node is left to try. */
    NOBODY("nobody"),
    /** The proxy answers itself: no node is asked, whatever its state. */
    REFUSED("refused");

    private final String label;

    Reason(String label) {
        this.label = label;
    }

    /** The word that the log, the metrics and the nodes read. */
    @Override
    public String toString() {
        return label;
    }
}
