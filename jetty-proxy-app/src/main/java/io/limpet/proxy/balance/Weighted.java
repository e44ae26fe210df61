package io.limpet.proxy.balance;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Nodes;
import java.util.List;

/** At random with chances like the weights, whatever the load. */
final class Weighted implements Balance {

    private final SlowStart slowStart;
    private final Dice dice;

    Weighted(SlowStart slowStart, Dice dice) {
        this.slowStart = slowStart;
        this.dice = dice;
    }

    @Override
    public Nodes.Member draw(List<Nodes.Member> members) {
        return members.get(dice.draw(members, slowStart::weight));
    }
}
