package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All nodes and their conditions at one moment.
 *
 * <p>Immutable, but for the counters of requests in flight, which every later snapshot shares.
 */
public final class Nodes {

    /** A node as it stands at the moment of the snapshot. */
    public record Member(Node node, Condition condition, InFlight inFlight, NodeReport report, Share share) {

        /** Shorthand for the condition's state. */
        public NodeState state() {
            return condition.state();
        }

        /** The live sessions of all its applications, as it told last. */
        public long sessions() {
            return Math.max(0, share.counts().all().orElse(report.allSessions()) + share.fresh());
        }

        /** Those of the application with this context path; of a node that does not tell which it has, all. */
        public long sessions(String context) {
            OptionalLong told = share.counts().of(context);
            return told.isPresent() ? Math.max(0, told.getAsLong() + share.fresh()) : sessions();
        }

        Member as(Node changed, Condition now) {
            return new Member(changed, now, inFlight, report, share);
        }

        Member telling(NodeReport told) {
            return new Member(node, condition, inFlight, told, share);
        }

        boolean isWorthTrying() {
            return state() == NodeState.DOWN && condition.worthTrying();
        }
    }

    /** Names of nodes that are gone are remembered, the newest ones, for longer than sessions live. */
    private static final int REMEMBERED = 1_000;

    private final Map<Route, Member> byRoute;
    private final Map<Route, Member> gone;
    private final List<Member> ready;

    private Nodes(Map<Route, Member> byRoute, Map<Route, Member> gone) {
        this.byRoute = byRoute;
        this.gone = gone;
        this.ready = byRoute.values().stream()
                .filter(member -> member.state() == NodeState.READY)
                .toList();
    }

    /**
     * The first snapshot: every node counts as ready until it is seen not to be, so that the first request need not
     * wait for the first probe.
     *
     * @throws IllegalArgumentException when two have one name
     */
    public static Nodes startingWith(List<Node> nodes) {
        Map<Route, Member> byRoute = new LinkedHashMap<>();
        for (Node node : nodes) {
            Member member = new Member(node, Condition.READY, new InFlight(), NodeReport.NONE, Share.ofOld());
            if (byRoute.putIfAbsent(node.route(), member) != null) {
                throw new IllegalArgumentException("two nodes are named '" + node.route() + "'");
            }
        }
        return new Nodes(byRoute, Map.of());
    }

    /**
     * These nodes from now on. One that stays at its address keeps its condition and its counters; a new one is down
     * until a probe has found it, so that no user finds out whether it is there; one that leaves is remembered by its
     * name, so that its sessions move.
     */
    Nodes replacedBy(List<Node> wanted) {
        Map<Route, Member> changed = new LinkedHashMap<>();
        for (Node node : wanted) {
            Member before = byRoute.get(node.route());
            changed.put(
                    node.route(),
                    before != null && before.node().uri().equals(node.uri())
                            ? before.as(node, before.condition())
                            : new Member(node, Condition.UNSEEN, new InFlight(), NodeReport.NONE, Share.ofOld()));
        }
        Map<Route, Member> left = new LinkedHashMap<>(gone);
        byRoute.forEach((route, member) -> left.put(route, member.as(member.node(), Condition.GONE)));
        left.keySet().removeAll(changed.keySet());
        Iterator<Route> oldest = left.keySet().iterator();
        for (int tooMany = left.size() - REMEMBERED; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
        return new Nodes(changed, left);
    }

    /** The same nodes, one of them in another condition. A node that is not here changes nothing. */
    public Nodes with(Route route, Condition condition) {
        return with(route, member -> member.as(member.node(), condition));
    }

    /** The same nodes, one of which has told this. A node that is not here changes nothing. */
    public Nodes with(Route route, NodeReport report) {
        return with(route, member -> member.telling(report));
    }

    /** The same nodes, those of these names in these conditions. Names of none change nothing. */
    Nodes with(Map<Route, Condition> conditions) {
        Map<Route, Member> changed = new LinkedHashMap<>(byRoute);
        conditions.forEach((route, condition) ->
                changed.computeIfPresent(route, (same, member) -> member.as(member.node(), condition)));
        return new Nodes(changed, gone);
    }

    private Nodes with(Route route, UnaryOperator<Member> change) {
        if (!byRoute.containsKey(route)) {
            return this;
        }
        Map<Route, Member> changed = new LinkedHashMap<>(byRoute);
        changed.computeIfPresent(route, (same, member) -> change.apply(member));
        return new Nodes(changed, gone);
    }

    /** The node of this name: empty when a cookie names one that never was, or is no more. */
    public Optional<Member> named(Route route) {
        return Optional.ofNullable(byRoute.get(route));
    }

    /** The node that a session names as its own, also when it is no more. */
    Optional<Member> owner(Route route) {
        return named(route).or(() -> Optional.ofNullable(gone.get(route)));
    }

    /**
     * The nodes that tell of applications, and not of the one that requests of this path are for, as others tell that are
     * up. It may be there without the filter.
     */
    public Set<Route> withoutApplicationAt(String path) {
        int longest = byRoute.values().stream()
                .filter(member -> member.state().isUp())
                .mapToInt(member -> member.report().coveredOf(path))
                .max()
                .orElse(-1);
        return byRoute.values().stream()
                .filter(member -> !member.report().applications().isEmpty())
                .filter(member -> member.report().coveredOf(path) < longest)
                .map(member -> member.node().route())
                .collect(Collectors.toSet());
    }

    /** Whether there is a node for new sessions. */
    public boolean hasReady() {
        return !ready.isEmpty();
    }

    /** All names that sessions may have: of nodes, and of nodes that are no more. */
    public List<Route> routes() {
        return Stream.concat(byRoute.keySet().stream(), gone.keySet().stream()).toList();
    }

    /** All nodes, in the order of the settings. */
    public Collection<Member> all() {
        return byRoute.values();
    }

    /**
     * The nodes to choose from for a request that its owner does not serve, but for those already tried: those that
     * are ready; when there is none, those that drain or have drained; when there is none, those that are down but may
     * have come back.
     */
    List<Member> candidates(Collection<Route> tried) {
        if (tried.isEmpty() && !ready.isEmpty()) {
            return ready;
        }
        List<Member> candidates = untried(tried, member -> member.state() == NodeState.READY);
        if (candidates.isEmpty()) {
            candidates = untried(tried, member -> member.state().isUp());
        }
        return candidates.isEmpty() ? untried(tried, Member::isWorthTrying) : candidates;
    }

    private List<Member> untried(Collection<Route> tried, Predicate<Member> wanted) {
        List<Member> found = new ArrayList<>(byRoute.size());
        for (Member member : byRoute.values()) {
            if (wanted.test(member) && !tried.contains(member.node().route())) {
                found.add(member);
            }
        }
        return found;
    }

    /** The names of the nodes that serve: {@code a, c}, or {@code none}. */
    public String describeUp() {
        String up = byRoute.values().stream()
                .filter(member -> member.state().isUp())
                .map(member -> member.node().toString())
                .collect(Collectors.joining(", "));
        return up.isEmpty() ? "none" : up;
    }

    /** Every node with its state and, where there is one, the reason: {@code a ready, b down (connection refused)}. */
    @Override
    public String toString() {
        return byRoute.values().stream().map(Nodes::describe).collect(Collectors.joining(", "));
    }

    private static String describe(Member member) {
        String why = member.condition().why();
        return member.node() + " " + member.state() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
