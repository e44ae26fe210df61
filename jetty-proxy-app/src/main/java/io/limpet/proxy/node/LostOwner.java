package io.limpet.proxy.node;

import java.util.Optional;

/** What becomes of a session whose node is gone and whose state no other node has: {@code on-lost-owner}. */
public enum LostOwner {
    /** Another node serves, and the application begins a new session there. */
    REDISTRIBUTE,
    /** The request is answered 503: the user is to wait for the node rather than to lose what the session held. */
    REJECT;

    /**
     * The choice that remains of this one. A node that this proxy has never heard, or that has
     * the application no more, is taken for one like the others.
     *
     * @param path the request's, which says whose session it is
     */
    public Choice judge(Choice choice, Nodes nodes, String path) {
        if (this == REDISTRIBUTE || !(choice instanceof Choice.Takeover takeover)) {
            return choice;
        }
        Optional<Nodes.Member> owner = nodes.owner(takeover.lostOwner());
        if (owner.filter(it -> it.share().isEmptied(path, it.report().coveredOf(path)))
                .isPresent()) {
            return choice; // it has drained, and whatever still names it is over
        }
        NodeReport told = owner.map(Nodes.Member::report).orElse(NodeReport.NONE);
        boolean knows = told.known() && hasApplication(told, nodes, path);
        boolean replicated = knows ? told.failoverAt(path) == Failover.HEALTHY : isOnElsewhere(nodes, path);
        return replicated
                ? choice
                : new Choice.Nobody("the session lives on node '" + takeover.lostOwner()
                        + "' alone, and on-lost-owner is reject: " + nodes);
    }

    /** One that was destroyed is told of by others alone, or a shorter context path, as the root's, covers the path. */
    private static boolean hasApplication(NodeReport told, Nodes nodes, String path) {
        return told.applications().isEmpty()
                || nodes.all().stream()
                        .flatMap(member -> member.report().applicationAt(path).stream())
                        .allMatch(elsewhere ->
                                told.coveredOf(path) >= elsewhere.context().length());
    }

    /** Well or not: that of two nodes which has lost the other is degraded, and has the sessions. */
    private static boolean isOnElsewhere(Nodes nodes, String path) {
        return nodes.all().stream().anyMatch(member -> member.report().failoverAt(path) != Failover.OFF);
    }
}
