package io.limpet.proxy.balance;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Nodes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One after the other, whatever their weights; a node that has just come up lets some of its turns go by. */
final class RoundRobin implements Balance {

    private final AtomicInteger cursor;
    private final SlowStart slowStart;
    private final Dice dice;

    RoundRobin(SlowStart slowStart, Dice dice) {
        this(new AtomicInteger(), slowStart, dice);
    }

    private RoundRobin(AtomicInteger cursor, SlowStart slowStart, Dice dice) {
        this.cursor = cursor;
        this.slowStart = slowStart;
        this.dice = dice;
    }

    /** Else nodes that come and go would give the first of them every turn. */
    @Override
    public Balance after(Balance before) {
        return before instanceof RoundRobin other ? new RoundRobin(other.cursor, slowStart, dice) : this;
    }

    @Override
    public Nodes.Member draw(List<Nodes.Member> members) {
        for (int turns = members.size(); turns > 1; turns--) {
            Nodes.Member member = next(members);
            double warmth = slowStart.warmth(member);
            if (warmth == 1 || dice.roll() < warmth) {
                return member;
            }
        }
        return next(members);
    }

    private Nodes.Member next(List<Nodes.Member> members) {
        // the cursor wraps to negative after 2^31 requests
        return members.get(Math.floorMod(cursor.getAndIncrement(), members.size()));
    }
}
