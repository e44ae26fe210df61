package io.limpet.proxy.node;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses the node of a request from the session ids that it presents.
 *
 * <p>Stateless but for the random numbers, safe for any number of threads. What a client presents never makes it throw.
 */
public final class NodeChooser {

    /** A presented id, and the node that owns it when its route names a known one. */
    private record Candidate(SessionId session, Optional<Nodes.Member> owner) {}

    private final RouteCodec routes;
    private final Balance balance;
    private final ForgedRoutes forged;

    /** A chooser that draws any node for new sessions. */
    NodeChooser(RouteCodec routes) {
        this(routes, members -> members.get(ThreadLocalRandom.current().nextInt(members.size())), new ForgedRoutes());
    }

    /**
     * A chooser that reads routes as this codec writes them.
     *
     * @param balance draws the nodes of new sessions
     * @param forged counts forged routes
     */
    public NodeChooser(RouteCodec routes, Balance balance, ForgedRoutes forged) {
        this.routes = routes;
        this.balance = balance;
        this.forged = forged;
    }

    /** Who draws the nodes of new sessions. */
    public Balance balance() {
        return balance;
    }

    /** The forged routes that it met. */
    public ForgedRoutes forged() {
        return forged;
    }

    /**
     * Chooses a node that was not tried yet for this request.
     *
     * <ul>
     *   <li>The owner, when it takes its own sessions.
     *   <li>When it cannot: of the nodes that can, the one that every proxy would choose for this session. When none
     *       can, the owner all the same: it may be back since it was last seen.
     *   <li>Without a session of a known node: the one that the balance draws.
     * </ul>
     */
    public Choice choose(Presented presented, Nodes nodes, Collection<Route> tried) {
        Candidate candidate = candidate(presented, nodes, tried);
        if (candidate.owner().isEmpty()) {
            return fresh(candidate.session(), nodes, tried);
        }
        Nodes.Member owner = candidate.owner().get();
        if (isUsable(owner, tried)) {
            return new Choice.Owner(owner, candidate.session());
        }
        List<Nodes.Member> others = nodes.candidates(tried);
        if (others.isEmpty()) {
            return nobody(nodes);
        }
        if (others.contains(owner)) {
            return new Choice.Owner(owner, candidate.session());
        }
        Nodes.Member next = Rendezvous.highest(others, candidate.session().value());
        return new Choice.Takeover(next, candidate.session(), owner.node().route());
    }

    /** Chooses a node for a request that needs none in particular: no session is shown to it. */
    public Choice ignore(Nodes nodes, Collection<Route> tried) {
        List<Nodes.Member> members = nodes.candidates(tried);
        return members.isEmpty() ? nobody(nodes) : new Choice.Ignored(balance.draw(members));
    }

    /**
     * Chooses the node that a tester names, in whatever state it is, also for a session of another node.
     *
     * @param wanted the node's name
     */
    public Choice named(Route wanted, Presented presented, Nodes nodes, Collection<Route> tried) {
        Optional<Nodes.Member> member = nodes.named(wanted).filter(it -> !tried.contains(wanted));
        SessionId session = candidate(presented, nodes, tried).session();
        return member.<Choice>map(it -> new Choice.Tester(it, session)).orElseGet(() -> nobody(nodes));
    }

    /** Chooses a node for a session that begins: the one that the balance draws of those not tried yet. */
    public Choice fresh(SessionId session, Nodes nodes, Collection<Route> tried) {
        List<Nodes.Member> members = nodes.candidates(tried);
        if (members.isEmpty()) {
            return nobody(nodes);
        }
        Nodes.Member drawn = balance.draw(members);
        drawn.share().took();
        return new Choice.Fresh(drawn, session);
    }

    private static Choice nobody(Nodes nodes) {
        return new Choice.Nobody("no node is left to try: " + nodes);
    }

    /**
     * The first presented id whose owner is usable; else the first whose owner is known, as another node may have its
     * session; else the first.
     */
    private Candidate candidate(Presented presented, Nodes nodes, Collection<Route> tried) {
        List<String> values = presented.values();
        if (values.isEmpty()) {
            return new Candidate(SessionId.NONE, Optional.empty());
        }
        Candidate best = candidate(presented, 0, nodes);
        for (int i = 1; i < values.size() && !hasUsableOwner(best, tried); i++) {
            Candidate candidate = candidate(presented, i, nodes);
            if (hasUsableOwner(candidate, tried)
                    || (best.owner().isEmpty() && candidate.owner().isPresent())) {
                best = candidate;
            }
        }
        if (tried.isEmpty()) { // else it was here before
            countForged(best, values);
        }
        return best;
    }

    private Candidate candidate(Presented presented, int position, Nodes nodes) {
        String value = presented.values().get(position);
        Optional<OwnedSession> owned = OwnedSession.in(value, routes, nodes);
        String forwarded = owned.map(OwnedSession::value).orElse(value);
        return new Candidate(new SessionId(presented.carrier(), position, forwarded), owned.map(OwnedSession::owner));
    }

    /** Counts the forged ones; the one that was found genuine need not be verified again. */
    private void countForged(Candidate found, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            boolean genuine = i == found.session().position() && found.owner().isPresent();
            if (!genuine && routes.isForged(values.get(i))) {
                forged.found();
            }
        }
    }

    private static boolean hasUsableOwner(Candidate candidate, Collection<Route> tried) {
        return candidate.owner().isPresent() && isUsable(candidate.owner().get(), tried);
    }

    private static boolean isUsable(Nodes.Member owner, Collection<Route> tried) {
        return owner.state().takesItsOwnSessions()
                && !tried.contains(owner.node().route());
    }
}
