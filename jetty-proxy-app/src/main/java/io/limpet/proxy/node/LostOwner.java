package io.limpet.proxy.node;

/** What becomes of a session whose node is gone and whose state no other node has: {@code on-lost-owner}. */
public enum LostOwner {
    /** Another node serves, and the application begins a new session there. */
    REDISTRIBUTE,
    /** The request is answered 503: the user is to wait for the node rather than to lose what the session held. */
    REJECT;

    /** The choice that remains of this one. */
    public Choice judge(Choice choice, Nodes nodes) {
        if (this == REDISTRIBUTE || !(choice instanceof Choice.Takeover takeover)) {
            return choice;
        }
        boolean replicated = nodes.owner(takeover.lostOwner())
                .filter(owner -> owner.report().replicated())
                .isPresent();
        return replicated
                ? choice
                : new Choice.Nobody("the session lives on node '" + takeover.lostOwner()
                        + "' alone, and on-lost-owner is reject: " + nodes);
    }
}
