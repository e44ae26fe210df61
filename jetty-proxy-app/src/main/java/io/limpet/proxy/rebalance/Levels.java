package io.limpet.proxy.rebalance;

import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How full the nodes are of live sessions, each by its weight: those that are ready and whose sessions other nodes have,
 * too. Between two answers of a node its sessions are reckoned from what this proxy gave it and took from it.
 */
final class Levels {

    /** So much above the mean nobody moves: nodes are never quite even, and every move costs. */
    private static final double EVEN = 1.05;

    private final String context;
    private final List<Nodes.Member> members;

    /** @param context the context path of the application whose sessions count */
    Levels(Nodes nodes, String context) {
        this.context = context;
        this.members = nodes.all().stream()
                .filter(member -> member.state() == NodeState.READY)
                .filter(member -> member.report().known() && member.report().replicated())
                .toList();
    }

    /** The emptiest node, for a session of a node that is too full. */
    Optional<Nodes.Member> better(Nodes.Member owner) {
        if (members.stream().noneMatch(member -> member.node().equals(owner.node()))) {
            return Optional.empty();
        }
        double level = level(owner);
        return members.stream()
                .min(Comparator.comparingDouble(this::level))
                .filter(emptiest -> level > mean() * EVEN && isLessFullAfterwards(owner, emptiest));
    }

    /** The move of one session must not turn full into empty. */
    private boolean isLessFullAfterwards(Nodes.Member owner, Nodes.Member emptiest) {
        return (owner.sessions(context) - 1.0) / owner.node().weight()
                >= (emptiest.sessions(context) + 1.0) / emptiest.node().weight();
    }

    private double mean() {
        double sessions =
                members.stream().mapToDouble(it -> it.sessions(context)).sum();
        return sessions / members.stream().mapToInt(it -> it.node().weight()).sum();
    }

    private double level(Nodes.Member member) {
        return (double) member.sessions(context) / member.node().weight();
    }
}
