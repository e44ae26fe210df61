package io.limpet.proxy.node;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Where a session lives and why, for an operator who asks.
 *
 * @param reason why a request with this session would go where it would go now
 * @param goesTo the node's name; empty when it would go nowhere, or to any
 * @param owner the name of the node that the session's route names; empty when it names none
 * @param why in words
 */
public record Explanation(Reason reason, String goesTo, String owner, String why) {

    /**
     * Explains a session cookie's value, as a client sends it.
     *
     * @param judged what becomes of the chooser's choice, as for a request
     * @param better the node with fewer sessions to which a session of this one may move
     */
    public static Explanation of(
            String session,
            RouteCodec routes,
            Nodes nodes,
            NodeChooser chooser,
            UnaryOperator<Choice> judged,
            Function<Nodes.Member, Optional<Nodes.Member>> better) {
        Optional<OwnedSession> owned = OwnedSession.in(session, routes, nodes);
        if (owned.isEmpty()) {
            return unowned(routes.isForged(session), nodes);
        }
        Nodes.Member owner = owned.get().owner();
        Choice choice = judged.apply(chooser.choose(new Presented(List.of(session), List.of()), nodes, List.of()));
        String goesTo = choice instanceof Choice.Served served ? served.node().toString() : "";
        String moves = choice instanceof Choice.Owner
                ? better.apply(owner).map(to -> moves(owner, to)).orElse("")
                : "";
        return new Explanation(choice.reason(), goesTo, owner.node().toString(), why(choice, owner, nodes) + moves);
    }

    /** Not by the chooser: it would count a session that begins. */
    private static Explanation unowned(boolean forged, Nodes nodes) {
        boolean nobody = nodes.candidates(List.of()).isEmpty();
        return new Explanation(
                nobody ? Reason.NOBODY : Reason.FRESH,
                "",
                "",
                (forged ? "its route is forged, or sealed with another secret" : "it names no known node")
                        + (nobody ? ", and no node is left: " + nodes : ": it goes to any that is ready"));
    }

    private static String moves(Nodes.Member owner, Nodes.Member to) {
        return "; with " + owner.sessions() + " sessions there and "
                + to.sessions() + " on '" + to.node() + "' it may move to that one (" + Reason.REBALANCE
                + ") when it is idle and has not moved for ten minutes";
    }

    private static String why(Choice choice, Nodes.Member owner, Nodes nodes) {
        Route route = owner.node().route();
        String state = "its node '" + route + "' is " + owner.state()
                + (owner.condition().why().isEmpty()
                        ? ""
                        : " (" + owner.condition().why() + ")");
        if (choice instanceof Choice.Owner) {
            return owner.state().takesItsOwnSessions() ? state : state + ", and no better node is up";
        }
        if (choice instanceof Choice.Rebalanced moved) {
            return state + "; it has moved to '" + moved.node() + "' a moment ago, which had fewer sessions";
        }
        if (choice instanceof Choice.Served served) {
            return state + "; of the others (" + nodes.describeUp() + ") every proxy would choose '" + served.node()
                    + "' for it";
        }
        return state + (choice instanceof Choice.Nobody nobody ? "; " + nobody.why() : "");
    }
}
