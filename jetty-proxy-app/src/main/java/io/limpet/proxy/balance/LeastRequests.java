package io.limpet.proxy.balance;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Nodes;
import java.util.List;

/** The node with the fewest requests in flight through this proxy, by its weight; of equals any. */
final class LeastRequests implements Balance {

    private final SlowStart slowStart;
    private final Dice dice;

    LeastRequests(SlowStart slowStart, Dice dice) {
        this.slowStart = slowStart;
        this.dice = dice;
    }

    @Override
    public Nodes.Member draw(List<Nodes.Member> members) {
        int size = members.size();
        int start = dice.draw(members, slowStart::weight);
        Nodes.Member least = members.get(start);
        double leastLoad = load(least);
        for (int i = 1; i < size; i++) {
            Nodes.Member member = members.get((start + i) % size);
            double load = load(member);
            if (load < leastLoad) {
                least = member;
                leastLoad = load;
            }
        }
        return least;
    }

    /** Without any request all are equal, and their weights count in the draw. */
    private double load(Nodes.Member member) {
        return member.inFlight().count() / slowStart.weight(member);
    }
}
