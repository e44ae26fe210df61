package io.limpet.proxy.balance;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Nodes;
import java.util.List;

/**
 * Of two nodes drawn at random the less loaded one, by requests in flight and live sessions alike. Many proxies that see
 * the same loads do not all rush to the one least loaded node, as they would without the draw.
 */
final class TwoChoices implements Balance {

    /** So that one request more or less decides nothing while there are few. */
    private static final double REQUESTS = 2;

    private static final double SESSIONS = 16;

    /** Nodes may have different applications; one that is full of the one's sessions must get some of the others', too. */
    private static final double BLINDLY = 1 / 16.0;

    private final SlowStart slowStart;
    private final Dice dice;

    TwoChoices(SlowStart slowStart, Dice dice) {
        this.slowStart = slowStart;
        this.dice = dice;
    }

    @Override
    public Nodes.Member draw(List<Nodes.Member> members) {
        if (members.size() == 1) {
            return members.get(0);
        }
        Nodes.Member one = members.get(dice.draw(members, TwoChoices::weight));
        // drawn from the others, so that they are two
        Nodes.Member other = members.get(dice.draw(members, it -> it.node().equals(one.node()) ? 0 : weight(it)));
        // before their loads are looked at: a node that has just come up has no load, and would get all
        double warmth = slowStart.warmth(one);
        double otherWarmth = slowStart.warmth(other);
        if (warmth < otherWarmth && !isWarmEnough(warmth / otherWarmth)) {
            return other;
        }
        if (otherWarmth < warmth && !isWarmEnough(otherWarmth / warmth)) {
            return one;
        }
        return shareOfLoad(one, other) > 0.5 ? other : one;
    }

    private boolean isWarmEnough(double warmth) {
        return dice.roll() < warmth;
    }

    private static double weight(Nodes.Member member) {
        return member.node().weight();
    }

    /** The one's part of what both have, from 0 to 1, each by its weight. */
    private double shareOfLoad(Nodes.Member one, Nodes.Member other) {
        double weight = weight(one);
        double otherWeight = weight(other);
        double requests = part(
                (one.inFlight().count() + REQUESTS) / weight, (other.inFlight().count() + REQUESTS) / otherWeight);
        if (!one.report().known() || !other.report().known() || dice.roll() < BLINDLY) {
            return requests;
        }
        double sessions = part((one.sessions() + SESSIONS) / weight, (other.sessions() + SESSIONS) / otherWeight);
        return (requests + sessions) / 2;
    }

    private static double part(double one, double other) {
        return one / (one + other);
    }
}
