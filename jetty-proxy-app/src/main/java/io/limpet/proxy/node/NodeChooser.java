package io.limpet.proxy.node;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * Chooses the node of a request from the session ids that it presents.
 *
 * <p>Stateless but for the random numbers, safe for any number of threads. What a client presents never makes it throw.
 */
public final class NodeChooser {

    /** A presented id, and the node that owns it when its route names a known one. */
    private record Candidate(SessionId session, Optional<Nodes.Member> owner) {}

    private final RouteCodec routes;
    private final IntUnaryOperator random;
    private final ForgedRoutes forged = new ForgedRoutes();

    /** A chooser that reads routes as this codec writes them. */
    public NodeChooser(RouteCodec routes) {
        this(routes, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    /** A chooser with its own dice, for tests: given a bound, they answer a number from 0 to below it. */
    NodeChooser(RouteCodec routes, IntUnaryOperator random) {
        this.routes = routes;
        this.random = random;
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
     *   <li>Without a session of a known node: of two nodes drawn at random, the one with fewer requests in flight.
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

    private Choice fresh(SessionId session, Nodes nodes, Collection<Route> tried) {
        List<Nodes.Member> members = nodes.candidates(tried);
        return members.isEmpty() ? nobody(nodes) : new Choice.Fresh(lessLoadedOfTwo(members), session);
    }

    private static Choice nobody(Nodes nodes) {
        return new Choice.Nobody("no node is left to try: " + nodes);
    }

    /** The first presented id whose owner is usable, else the first. */
    private Candidate candidate(Presented presented, Nodes nodes, Collection<Route> tried) {
        List<String> values = presented.values();
        if (values.isEmpty()) {
            return new Candidate(SessionId.NONE, Optional.empty());
        }
        boolean again = !tried.isEmpty();
        Candidate first = candidate(presented, 0, nodes, again);
        Candidate candidate = first;
        for (int i = 1; !hasUsableOwner(candidate, tried); i++) {
            if (i == values.size()) {
                return first;
            }
            candidate = candidate(presented, i, nodes, again);
        }
        return candidate;
    }

    /** @param again whether the request was here before, so that a forged route of its was counted */
    private Candidate candidate(Presented presented, int position, Nodes nodes, boolean again) {
        String value = presented.values().get(position);
        Optional<OwnedSession> owned = OwnedSession.in(value, routes, nodes);
        if (owned.isEmpty() && !again && routes.isForged(value)) {
            forged.found();
        }
        String forwarded = owned.map(OwnedSession::value).orElse(value);
        return new Candidate(new SessionId(presented.carrier(), position, forwarded), owned.map(OwnedSession::owner));
    }

    private static boolean hasUsableOwner(Candidate candidate, Collection<Route> tried) {
        return candidate.owner().isPresent() && isUsable(candidate.owner().get(), tried);
    }

    private static boolean isUsable(Nodes.Member owner, Collection<Route> tried) {
        return owner.state().takesItsOwnSessions()
                && !tried.contains(owner.node().route());
    }

    private Nodes.Member lessLoadedOfTwo(List<Nodes.Member> members) {
        int size = members.size();
        int first = random.applyAsInt(size);
        if (size == 1) {
            return members.get(first);
        }
        // drawn from the others, so that they are two
        int second = (first + 1 + random.applyAsInt(size - 1)) % size;
        Nodes.Member one = members.get(first);
        Nodes.Member other = members.get(second);
        return other.inFlight().count() < one.inFlight().count() ? other : one;
    }
}
